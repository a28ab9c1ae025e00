import { EventEmitter } from 'node:events';

/** The shell used something of Electron that the double lacks, or used it wrongly. */
export class DoubleError extends Error {
  override readonly name = 'DoubleError';
}

export function misuse(what: string): never {
  throw new DoubleError(what);
}

/**
 * The same object, but a name that it does not have throws, so that a test can never pass because
 * something of Electron was quietly undefined. Methods keep their own `this`.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(_target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (value === undefined && !(key in target) && isPlainName(key)) {
        misuse(`${name}.${String(key)} is not stood in for`);
      }
      return typeof value === 'function' && key !== 'constructor' ? value.bind(target) : value;
    },
    set(_target, key) {
      return misuse(`${name}.${String(key)} must not be set`);
    },
  });
}

/** Names that the language itself or a test's report looks for on any object. */
function isPlainName(key: string | symbol): boolean {
  return typeof key === 'string' && !['then', 'toJSON', 'asymmetricMatch'].includes(key);
}

/** A class whose instances and statics are strict. */
export function strictClass<T extends new (...args: never[]) => object>(name: string, made: T): T {
  return new Proxy(made, {
    construct: (target, args) => strict(name, Reflect.construct(target, args)),
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target);
      if (value === undefined && isPlainName(key)) {
        misuse(`${name}.${String(key)} is not stood in for`);
      }
      return value;
    },
  });
}

/** As an emitter's own types have it: what is given depends on the event. */
type Listener = Parameters<EventEmitter['on']>[1];

/** An emitter that knows its events: listening for another one throws. */
export class StrictEmitter extends EventEmitter {
  readonly #name: string;
  readonly #events: readonly string[];

  constructor(name: string, events: readonly string[]) {
    super();
    this.#name = name;
    this.#events = events;
  }

  override on(event: string, listener: Listener): this {
    this.#check(event);
    return super.on(event, listener);
  }

  override once(event: string, listener: Listener): this {
    this.#check(event);
    return super.once(event, listener);
  }

  /** Emits an event that can be refused; true when somebody refused it. */
  refused(event: string, more: object, ...args: unknown[]): boolean {
    let isPrevented = false;
    const given = {
      ...more,
      preventDefault: () => {
        isPrevented = true;
      },
    };
    this.emit(event, given, ...args);
    return isPrevented;
  }

  #check(event: string): void {
    if (!this.#events.includes(event)) misuse(`${this.#name} has no event '${event}' here`);
  }
}

/** Checks an options object: a name that is not known throws. */
export function onlyKnown(what: string, given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) misuse(`${what}: the option ${name} is not stood in for`);
  }
}
