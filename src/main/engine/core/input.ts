import type { CommandInput, CommandName } from '../../../shared/contract/commands.ts';
import type { goodsCommands } from '../../../shared/contract/goods-commands.ts';
import type { paperCommands } from '../../../shared/contract/paper-operations.ts';
import type { peopleCommands } from '../../../shared/contract/people-commands.ts';
import type { Authority } from '../../../shared/domain/authority.ts';
import type { GateReport, ReaderSaid } from '../../../shared/domain/device-report.ts';
import type { TextId } from '../../../shared/domain/ids.ts';
import type { RetentionClass } from '../../../shared/domain/retention.ts';
import type { Role } from '../../../shared/domain/role.ts';
import type { Sale } from '../../../shared/domain/sale.ts';
import type { Actor } from '../../../shared/journal/envelope.ts';
import type { EventData, NewEvent } from '../../../shared/journal/events.ts';
import type { ProvenRegime } from '../../../shared/regime/proven-regime.ts';

/**
 * Commands that are decided in the step; the others (sign-in, loading) only report what they did.
 */
export type StepCommand = Extract<
  CommandName,
  | 'gate.command'
  | 'exception.admit'
  | 'exception.refuse'
  | 'incident.raise'
  | 'incident.acknowledge'
  | 'incident.resolve'
  | 'permit.suspend'
  | 'permit.reinstate'
  | 'zone.evacuate'
  | 'muster.begin'
  | 'muster.mark'
  | 'muster.end'
  | 'badge.replace'
  | 'presence.set'
  | 'board.declare-lost'
  | 'person.erase'
  | keyof typeof goodsCommands
  | keyof typeof peopleCommands
  | 'regime.enact'
  | 'regime.withdraw'
>;

/** A typed text on its way to the erasable table, with the hash the journal keeps. */
export interface TypedText {
  readonly body: string;
  readonly saltHex: string;
  readonly saltedHash: string;
}

export type RequestInput = {
  [N in StepCommand]: {
    readonly kind: 'request';
    readonly name: N;
    readonly input: CommandInput<N>;
    readonly actor: Extract<Actor, { type: 'person' }>;
    readonly role: Role;
    readonly text: TypedText | null;
    /** On whose behalf the person acts, where the command asks for it. */
    readonly side?: Authority | null | undefined;
  };
}[StepCommand];

/** A version of the regime is handed in. */
export interface RegimeDraftInput {
  readonly kind: 'regime-draft';
  readonly proven: ProvenRegime;
  readonly text: string;
  readonly reason: TypedText;
  readonly actor: Extract<Actor, { type: 'person' }>;
}

/** A person takes a staged version of a dataset: who, and why where rows were left out. */
export interface DatasetInput {
  readonly kind: 'dataset';
  readonly data: Omit<EventData<'dataset.in-force'>, 'took' | 'reason' | 'by'>;
  readonly actor: Extract<Actor, { type: 'person' }>;
  readonly text: TypedText | null;
}

/** Paper forms: handed out, keyed in, void. */
export type PaperInput = {
  [N in keyof typeof paperCommands]: {
    readonly kind: 'paper';
    readonly name: N;
    readonly input: CommandInput<N>;
    readonly actor: Extract<Actor, { type: 'person' }>;
    readonly text: TypedText;
  };
}[keyof typeof paperCommands];

/** A part of a file of sales. The first brings its reason's text, those after it the text's id. */
export interface SalesInput {
  readonly kind: 'sales';
  readonly sales: readonly Sale[];
  readonly actor: Extract<Actor, { type: 'person' }>;
  readonly text: TypedText | null;
  readonly reason: TextId | null;
}

/** A board said something. `receivedMono`: when it came in, real ms. */
export interface BoardInput {
  readonly kind: 'board';
  readonly report: GateReport;
  readonly receivedMono: number;
}

/** A reader said something. When it came in: real ms, and ms since 1970 on the zone's calendar. */
export interface ReaderInput {
  readonly kind: 'reader';
  readonly report: ReaderSaid;
  readonly receivedMono: number;
  readonly receivedMs: number;
}

/** Time passed: deadlines are looked at. */
export interface DueInput {
  readonly kind: 'due';
}

/** The engine came up: whatever an earlier boot left open is settled first. */
export interface StartedInput {
  readonly kind: 'started';
  readonly started: EventData<'engine.started'>;
}

/** Facts that another part established (a sign-in, a dataset, an export, the centre's state). */
export interface NotedInput {
  readonly kind: 'noted';
  readonly events: readonly NewEvent[];
  readonly actor: Actor;
}

/** What a retention class holds from before a moment has been kept long enough. */
export interface RetentionInput {
  readonly kind: 'retention';
  readonly class: RetentionClass;
  readonly beforeMs: number;
  readonly basis: string;
}

/** Everything that happens outside enters as one of these. */
export type Input =
  | BoardInput
  | ReaderInput
  | RequestInput
  | RegimeDraftInput
  | DatasetInput
  | SalesInput
  | PaperInput
  | DueInput
  | StartedInput
  | NotedInput
  | RetentionInput;
