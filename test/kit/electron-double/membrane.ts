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

/**
 * The bridge between the preload's world and the page's, as `contextBridge` documents it: values
 * are copied, functions and promises become stand-ins, what is exposed is frozen. Its source text
 * runs inside both worlds, so it can use nothing from around it.
 */
export function membrane(side: 'page' | 'preload', token: string): Membrane {
  const other = side === 'page' ? 'preload' : 'page';
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const settlers = new Map<number, { resolve(value: unknown): void; reject(why: Error): void }>();
  const settled = new Map<number, Told>();
  let next = 1;
  let returned: Told | null = null;

  const say = (told: Told) =>
    document.dispatchEvent(new CustomEvent(`${token}-${other}`, { detail: JSON.stringify(told) }));

  const promiseOut = (promise: Promise<unknown>): object => {
    const id = next++;
    promise.then(
      (value) => say({ t: 'settled', id, value: encode(value) }),
      (error: unknown) =>
        say({ t: 'settled', id, error: error instanceof Error ? error.message : String(error) }),
    );
    return { $: 'promise', id };
  };
  const functionOut = (value: (...args: unknown[]) => unknown): object => {
    const id = next++;
    functions.set(id, value);
    return { $: 'function', id };
  };
  const encode = (value: unknown): unknown => {
    if (value === undefined) return { $: 'undefined' };
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : { $: String(value) };
    if (typeof value === 'function') return functionOut(value as (...args: unknown[]) => unknown);
    if (value instanceof Promise) return promiseOut(value);
    if (value instanceof Date) return { $: 'date', at: value.getTime() };
    if (Array.isArray(value)) return value.map(encode);
    const kind: unknown = Object.getPrototypeOf(value);
    if (kind !== Object.prototype && kind !== null) throw new Error('cannot be cloned');
    const fields = Object.entries(value as object).map(([key, one]) => [key, encode(one)]);
    return { $: 'object', of: Object.fromEntries(fields) };
  };

  const call = (id: number, args: readonly unknown[]): unknown => {
    say({ t: 'call', id, args: args.map(encode) });
    const answer = returned;
    returned = null;
    if (answer === null) throw new Error('the other world does not answer');
    if (answer.error !== undefined) throw new Error(answer.error);
    return decode(answer.value);
  };
  const promiseIn = (id: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      settlers.set(id, { resolve, reject });
      const early = settled.get(id);
      if (early) settle(early);
    });
  const decode = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(decode);
    if (typeof value !== 'object' || value === null) return value;
    const coded = value as { $: string; id: number; at: number; of: object };
    if (coded.$ === 'function') return (...args: unknown[]) => call(coded.id, args);
    if (coded.$ === 'promise') return promiseIn(coded.id);
    if (coded.$ === 'date') return new Date(coded.at);
    if (coded.$ === 'undefined') return undefined;
    if (coded.$ !== 'object') return Number(coded.$);
    const fields = Object.entries(coded.of).map(([key, one]) => [key, decode(one)]);
    return Object.fromEntries(fields);
  };

  const settle = (told: Told) => {
    const settler = settlers.get(told.id);
    if (settler === undefined) {
      settled.set(told.id, told);
      return;
    }
    settlers.delete(told.id);
    settled.delete(told.id);
    if (told.error === undefined) settler.resolve(decode(told.value));
    else settler.reject(new Error(told.error));
  };
  const called = ({ id, args = [] }: Told) => {
    try {
      const value = functions.get(id)?.(...args.map(decode));
      say({ t: 'return', id, value: encode(value) });
    } catch (error) {
      say({ t: 'return', id, error: error instanceof Error ? error.message : String(error) });
    }
  };
  const frozen = (value: unknown): unknown => {
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(frozen);
    return Object.freeze(value);
  };
  const exposed = ({ name = '', value }: Told) => {
    Object.defineProperty(globalThis, name, { value: frozen(decode(value)), enumerable: true });
  };

  document.addEventListener(`${token}-${side}`, (event) => {
    const told = JSON.parse((event as CustomEvent<string>).detail) as Told;
    if (told.t === 'call') called(told);
    else if (told.t === 'return') returned = told;
    else if (told.t === 'settled') settle(told);
    else exposed(told);
  });
  return { expose: (name, api) => say({ t: 'expose', id: 0, name, value: encode(api) }) };
}
