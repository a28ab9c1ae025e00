import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { Badge } from '../domain/credential.ts';
import { GateAction } from '../domain/gate.ts';
import {
  AreaId,
  BoardId,
  CheckpointId,
  CommandId,
  DraftId,
  ErasureId,
  ExceptionId,
  IncidentId,
  LaneId,
  MusterId,
  PermitId,
  PersonId,
  UserId,
} from '../domain/ids.ts';
import { Priority } from '../domain/incident.ts';
import { PersonClass } from '../domain/line.ts';
import { Place } from '../domain/place.ts';
import { Role } from '../domain/role.ts';
import { goodsCommands } from './goods-commands.ts';
import { importCommands } from './import-operations.ts';
import { paperCommands } from './paper-operations.ts';
import { peopleCommands } from './people-commands.ts';
import { operation } from './row.ts';

/** A reason that a person types: goes to the erasable text table. */
export const ReasonText = z.string().trim().min(3).max(500);

/** Event indexes of a board, both included. */
const IndexRange = z.object({ from: z.number().int(), to: z.number().int() });
const done = z.object({ seq: z.number().int() });
const watchers = ['operator', 'supervisor'] as const;

export const Session = z.object({
  user: UserId,
  name: z.string(),
  role: Role,
  workstation: z.string(),
});
export type Session = z.infer<typeof Session>;

/** Everything a person can tell the console to do. Roles are checked in the engine. */
export const commands = {
  'session.sign-in': operation({
    roles: 'anyone',
    input: z.object({ name: z.string().min(1).max(64), secret: z.string().min(1).max(200) }),
    output: Session,
  }),
  /**
   * The same by the badge that the desk's reader read within the last minute, and its PIN: what is
   * wrong is not told, as for a name and a secret. Fails with `badge-unread` where none was read.
   */
  'session.sign-in-badge': operation({
    roles: 'anyone',
    input: z.object({ pin: z.string().min(1).max(12) }),
    output: Session,
  }),
  /** Chooses the PIN of one's own badge; the secret shows that it is its holder. */
  'session.choose-pin': operation({
    roles: ['operator', 'supervisor', 'inspector', 'administrator'],
    input: z.object({ secret: z.string().min(1).max(200), pin: z.string().min(1).max(12) }),
    output: z.object({}),
  }),
  'session.sign-out': operation({
    roles: ['operator', 'supervisor', 'inspector', 'administrator'],
    input: z.object({}),
    output: z.object({}),
  }),
  /**
   * Open once, lock, hold open, back to control. `hold` needs a supervisor: the handler of this
   * command checks the action besides the role.
   */
  'gate.command': operation({
    roles: watchers,
    input: z.object({ lane: LaneId, action: GateAction, reason: ReasonText }),
    output: z.object({ command: CommandId }),
  }),
  /** Lets people out of an area, or out of the whole zone: ways out held open, ways in locked. */
  'zone.evacuate': operation({
    roles: watchers,
    input: z.object({ area: AreaId.nullable(), reason: ReasonText }),
    output: z.object({ commands: z.array(CommandId) }),
  }),
  /** A roll call of an area, or of the whole zone: of whoever the ledger has inside now. */
  'muster.begin': operation({
    roles: ['supervisor'],
    input: z.object({ area: AreaId.nullable(), reason: ReasonText }),
    output: z.object({ muster: MusterId }),
  }),
  /** Somebody is seen to be safe whom no muster reader read; also who is not on the list. */
  'muster.mark': operation({
    roles: watchers,
    input: z.object({ person: PersonId, reason: ReasonText }),
    output: done,
  }),
  'muster.end': operation({
    roles: ['supervisor'],
    input: z.object({ reason: ReasonText }),
    output: done,
  }),
  'exception.admit': operation({
    roles: ['supervisor'],
    input: z.object({ exception: ExceptionId, reason: ReasonText }),
    output: done,
  }),
  'exception.refuse': operation({
    roles: ['supervisor'],
    input: z.object({ exception: ExceptionId, reason: ReasonText }),
    output: done,
  }),
  'incident.raise': operation({
    roles: watchers,
    input: z.object({
      checkpoint: CheckpointId.nullable(),
      lane: LaneId.nullable(),
      priority: Priority,
      note: ReasonText,
    }),
    output: z.object({ incident: IncidentId }),
  }),
  'incident.acknowledge': operation({
    roles: watchers,
    input: z.object({ incident: IncidentId }),
    output: done,
  }),
  'incident.resolve': operation({
    roles: watchers,
    input: z.object({ incident: IncidentId, reason: ReasonText }),
    output: done,
  }),
  'permit.suspend': operation({
    roles: ['supervisor'],
    input: z.object({ permit: PermitId, reason: ReasonText }),
    output: done,
  }),
  'permit.reinstate': operation({
    roles: ['supervisor'],
    input: z.object({ permit: PermitId, reason: ReasonText }),
    output: done,
  }),
  /** A badge in place of the one that a permit has: the old one opens nothing from then on. */
  'badge.replace': operation({
    roles: watchers,
    input: z.object({ permit: PermitId, credential: Badge, reason: ReasonText }),
    output: done,
  }),
  /** A permit as a signed code, to be printed for its holder: who printed it, and for what. */
  'permit.print-code': operation({
    roles: watchers,
    input: z.object({ permit: PermitId, purpose: z.string().trim().min(3).max(120) }),
    output: z.object({
      /** What stands in the QR code. */
      text: z.string(),
      permit: PermitId,
      person: PersonId,
      class: PersonClass,
      validFromMs: z.number().int(),
      validToMs: z.number().int(),
    }),
  }),
  /** Where a person is, when the ledger cannot know: unknown passage, forgiven anti-passback. */
  'presence.set': operation({
    roles: ['supervisor'],
    input: z.object({ person: PersonId, place: Place, reason: ReasonText }),
    output: done,
  }),
  /**
   * What a board still owes will not come any more: at most 256 of its gaps are declared lost, the
   * oldest first, and are not asked for again.
   */
  'board.declare-lost': operation({
    roles: ['supervisor'],
    input: z.object({ board: BoardId, reason: ReasonText }),
    output: z.object({ lost: z.array(IndexRange) }),
  }),
  /**
   * Erases what the console holds of a person who has no more business here: reference rows and
   * typed texts. The journal keeps the person's id, which then names nobody.
   */
  'person.erase': operation({
    roles: ['administrator'],
    input: z.object({ person: PersonId, reason: ReasonText }),
    output: z.object({ erasure: ErasureId }),
  }),
  /**
   * Hands in another version of the regime as a file's text: it must be whole, for this site, and
   * of a higher number. It decides nothing until two persons enact it.
   */
  'regime.draft': operation({
    roles: ['supervisor', 'administrator'],
    input: z.object({ text: z.string().min(1).max(1_000_000), reason: ReasonText }),
    output: z.object({ draft: DraftId, version: z.number().int() }),
  }),
  /**
   * Wants a version to decide from a moment to come, ms. The first person proposes it; a second one
   * who names the same moment enacts it. Where the regime says so they are one of each side.
   */
  'regime.enact': operation({
    roles: ['supervisor', 'administrator'],
    input: z.object({ draft: DraftId, fromMs: z.number().int(), reason: ReasonText }),
    output: z.object({ seq: z.number().int(), enacted: z.boolean() }),
  }),
  /** Takes a version back that does not decide yet. */
  'regime.withdraw': operation({
    roles: ['supervisor', 'administrator'],
    input: z.object({ draft: DraftId, reason: ReasonText }),
    output: done,
  }),
  'user.add': operation({
    roles: ['administrator'],
    input: z.object({
      name: z.string().min(1).max(64),
      role: Role,
      secret: z.string().min(10).max(200),
      /** On whose behalf they act, where a change needs one person of each side. */
      authority: Authority.optional(),
    }),
    output: z.object({ user: UserId }),
  }),
  /** The badge that somebody signs in by, together with a PIN; null takes it away. */
  'user.give-badge': operation({
    roles: ['administrator'],
    input: z.object({ name: z.string().min(1).max(64), badge: Badge.nullable() }),
    output: z.object({ user: UserId }),
  }),
  ...goodsCommands,
  ...importCommands,
  ...paperCommands,
  ...peopleCommands,
} as const;

export type CommandName = keyof typeof commands;
export type CommandInput<N extends CommandName> = z.infer<(typeof commands)[N]['input']>;
export type CommandOutput<N extends CommandName> = z.infer<(typeof commands)[N]['output']>;
