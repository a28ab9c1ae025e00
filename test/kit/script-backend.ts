import type { Session } from '../../src/shared/contract/commands.ts';
import type { Backend, Caller, WatchSink } from '../../src/shared/contract/transport/backend.ts';
import type { WireUpdate } from '../../src/shared/contract/transport/protocol.ts';
import type { Role } from '../../src/shared/domain/role.ts';
import { ok, type Result } from '../../src/shared/lib/result.ts';

export interface SeenCall {
  readonly verb: 'command' | 'query';
  readonly name: string;
  readonly input: unknown;
  readonly caller: Caller;
}

export interface SeenWatch {
  readonly name: string;
  readonly sink: WatchSink;
  stopped: boolean;
}

/** An engine that a test plays by hand: it remembers what it was asked and answers as told. */
export class ScriptBackend implements Backend {
  readonly calls: SeenCall[] = [];
  readonly watches: SeenWatch[] = [];
  session: Session | null = null;
  /** What a call answers; `{}` unless told. */
  answer: (call: SeenCall) => Promise<Result<unknown>> = () => Promise.resolve(ok({}));
  /** What a watch gets first; nothing unless told. */
  onWatch: (sink: WatchSink) => void = () => {};

  signIn(role: Role): void {
    this.session = { user: role, name: role, role, workstation: 'w' } as unknown as Session;
  }

  command(name: string, input: unknown, caller: Caller): Promise<Result<unknown>> {
    return this.#call({ verb: 'command', name, input, caller });
  }

  query(name: string, input: unknown, caller: Caller): Promise<Result<unknown>> {
    return this.#call({ verb: 'query', name, input, caller });
  }

  watch(name: string, _input: unknown, _caller: Caller, sink: WatchSink): () => void {
    const watch: SeenWatch = { name, sink, stopped: false };
    this.watches.push(watch);
    this.onWatch(sink);
    return () => {
      watch.stopped = true;
    };
  }

  sessionOf(): Session | null {
    return this.session;
  }

  #call(call: SeenCall): Promise<Result<unknown>> {
    this.calls.push(call);
    return this.answer(call);
  }
}

/** A patch of one row, or the snapshot of it. */
export function step(key: string, row: unknown, seq: number, snapshot = false): WireUpdate {
  return { snapshot, set: { [key]: row }, drop: [], seq };
}
