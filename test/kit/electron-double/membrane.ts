/** What the two worlds of a document tell each other, as JSON texts in synchronous events. */
interface Told {
  readonly t: 'call' | 'return' | 'settled' | 'expose';
  readonly id: number;
  readonly name?: string;
  readonly value?: unknown;
  readonly error?: string;
  readonly args?: readonly unknown[];
}

export interface Membrane {
  expose(name: string, api: unknown): void;
}

type Any = (...args: unknown[]) => unknown;

interface Coded {
  readonly $: string;
  readonly id: number;
  readonly at: number;
  readonly of: object;
}

/**
 * Values as the bridge copies them. `keep` and `hand` give a function or a promise of this world a
 * number; `call` and `wait` stand for those of the other.
 */
function bridgeCodec(world: {
  keep(value: Any): number;
  hand(value: Promise<unknown>): number;
  call(id: number, args: readonly unknown[]): unknown;
  wait(id: number): Promise<unknown>;
}) {
  const encode = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : { $: String(value) };
    if (typeof value === 'function') return { $: 'function', id: world.keep(value as Any) };
    if (value instanceof Promise) return { $: 'promise', id: world.hand(value) };
    if (value instanceof Date) return { $: 'date', at: value.getTime() };
    if (Array.isArray(value)) return value.map(encode);
    const kind: unknown = Object.getPrototypeOf(value);
    if (kind !== Object.prototype && kind !== null) throw new Error('cannot be cloned');
    const fields = Object.entries(value).map(([key, one]) => [key, encode(one)]);
    return { $: 'object', of: Object.fromEntries(fields) };
  };
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (typeof value !== 'object' || value === null) return value;
    const coded = value as Coded;
    if (coded.$ === 'function') return (...args: unknown[]) => world.call(coded.id, args);
    if (coded.$ === 'promise') return world.wait(coded.id);
    if (coded.$ === 'date') return new Date(coded.at);
    if (coded.$ === 'undefined') return undefined;
    if (coded.$ !== 'object') return Number(coded.$);
    const fields = Object.entries(coded.of).map(([key, one]) => [key, decode(one)]);
    return Object.fromEntries(fields);
  };
  return { encode, decode };
}

/** Promises of the other world, which may be settled before somebody waits for them. */
function farPromises() {
  const settlers = new Map<number, { resolve(value: unknown): void; reject(why: Error): void }>();
  const early = new Map<number, () => void>();
  return {
    wait: (id: number): Promise<unknown> =>
      new Promise((resolve, reject) => {
        settlers.set(id, { resolve, reject });
        early.get(id)?.();
        early.delete(id);
      }),
    settle: (id: number, error: string | undefined, value: () => unknown): void => {
      const now = () => {
        if (error === undefined) settlers.get(id)?.resolve(value());
        else settlers.get(id)?.reject(new Error(error));
        settlers.delete(id);
      };
      if (settlers.has(id)) now();
      else early.set(id, now);
    },
  };
}

/**
 * The bridge between the preload's world and the page's, as `contextBridge` documents it: values
 * are copied, functions and promises become stand-ins, what is exposed is frozen. The source texts
 * of these functions run inside both worlds, so they can use nothing but each other.
 */
function membrane(side: 'page' | 'preload', token: string): Membrane {
  const other = side === 'page' ? 'preload' : 'page';
  const functions = new Map<number, Any>();
  const far = farPromises();
  let next = 1;
  let returned: Told | null = null;

  const say = (told: Told) =>
    document.dispatchEvent(new CustomEvent(`${token}-${other}`, { detail: JSON.stringify(told) }));
  const words = (error: unknown) => (error instanceof Error ? error.message : String(error));
  const { encode, decode } = bridgeCodec({
    keep: (value) => {
      functions.set(next, value);
      return next++;
    },
    hand: (promise) => {
      const id = next++;
      promise.then(
        (value) => say({ t: 'settled', id, value: encode(value) }),
        (error: unknown) => say({ t: 'settled', id, error: words(error) }),
      );
      return id;
    },
    call: (id, args) => {
      say({ t: 'call', id, args: args.map((arg) => encode(arg)) });
      const answer = returned;
      returned = null;
      if (answer === null) throw new Error('the other world does not answer');
      if (answer.error !== undefined) throw new Error(answer.error);
      return decode(answer.value);
    },
    wait: far.wait,
  });

  const called = ({ id, args = [] }: Told) => {
    try {
      const value = functions.get(id)?.(...args.map(decode));
      say({ t: 'return', id, value: encode(value) });
    } catch (error) {
      say({ t: 'return', id, error: words(error) });
    }
  };
  const frozen = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
    return Object.freeze(value);
  };
  document.addEventListener(`${token}-${side}`, (event) => {
    const told = JSON.parse((event as CustomEvent<string>).detail) as Told;
    if (told.t === 'call') called(told);
    else if (told.t === 'return') returned = told;
    else if (told.t === 'settled') far.settle(told.id, told.error, () => decode(told.value));
    else {
      const value = frozen(decode(told.value));
      Object.defineProperty(globalThis, told.name ?? '', { value, enumerable: true });
    }
  });
  return { expose: (name, api) => say({ t: 'expose', id: 0, name, value: encode(api) }) };
}

/** All of them as text; `membrane` is the one to call. */
export const MEMBRANE = [bridgeCodec, farPromises, membrane].join('\n');
