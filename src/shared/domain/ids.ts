import { z } from 'zod';

/**
 * Every id is a branded string, so that a lane can never stand where a permit should. Ids of things
 * that the console itself makes carry their kind's letter, the epoch and the seq of their first
 * event (`X1-42`: crossing, epoch 1, seq 42): no source of ids is needed and a replay repeats them.
 */
const word = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/, 'an id: letters, digits, . _ : / -');

export const ConsoleId = word.brand<'ConsoleId'>();
export type ConsoleId = z.infer<typeof ConsoleId>;
export const AreaId = word.brand<'AreaId'>();
export type AreaId = z.infer<typeof AreaId>;
export const CheckpointId = word.brand<'CheckpointId'>();
export type CheckpointId = z.infer<typeof CheckpointId>;
export const LaneId = word.brand<'LaneId'>();
export type LaneId = z.infer<typeof LaneId>;
/** A gate controller's serial number, or the name that a site gives one that has none. */
export const BoardId = word.brand<'BoardId'>();
export type BoardId = z.infer<typeof BoardId>;
export const ReaderId = word.brand<'ReaderId'>();
export type ReaderId = z.infer<typeof ReaderId>;
export const PersonId = word.brand<'PersonId'>();
export type PersonId = z.infer<typeof PersonId>;
export const PermitId = word.brand<'PermitId'>();
export type PermitId = z.infer<typeof PermitId>;
export const EnterpriseId = word.brand<'EnterpriseId'>();
export type EnterpriseId = z.infer<typeof EnterpriseId>;
export const VehicleId = word.brand<'VehicleId'>();
export type VehicleId = z.infer<typeof VehicleId>;
export const ConsignmentId = word.brand<'ConsignmentId'>();
export type ConsignmentId = z.infer<typeof ConsignmentId>;
/** One thing of a consignment that is followed on its own: an instrument, a sample, a disk. */
export const ItemId = word.brand<'ItemId'>();
export type ItemId = z.infer<typeof ItemId>;
export const UserId = word.brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

const made = (letter: string, name: string) =>
  z.string().regex(new RegExp(`^${letter}\\d+-\\d+$`), `a ${name} id such as ${letter}1-42`);
export const CrossingId = made('X', 'crossing').brand<'CrossingId'>();
export type CrossingId = z.infer<typeof CrossingId>;
export const ExceptionId = made('E', 'exception').brand<'ExceptionId'>();
export type ExceptionId = z.infer<typeof ExceptionId>;
export const IncidentId = made('I', 'incident').brand<'IncidentId'>();
export type IncidentId = z.infer<typeof IncidentId>;
export const CommandId = made('G', 'gate command').brand<'CommandId'>();
export type CommandId = z.infer<typeof CommandId>;
/** A typed text (reason, note) in the erasable text table. */
export const TextId = made('T', 'text').brand<'TextId'>();
export type TextId = z.infer<typeof TextId>;
export const ErasureId = made('R', 'erasure').brand<'ErasureId'>();
export type ErasureId = z.infer<typeof ErasureId>;
export const MusterId = made('M', 'muster').brand<'MusterId'>();
export type MusterId = z.infer<typeof MusterId>;
export const LockdownId = made('K', 'lockdown').brand<'LockdownId'>();
export type LockdownId = z.infer<typeof LockdownId>;
export const FilingId = made('F', 'filing').brand<'FilingId'>();
export type FilingId = z.infer<typeof FilingId>;
/** A drafted version of the regime. */
export const DraftId = made('V', 'draft').brand<'DraftId'>();
export type DraftId = z.infer<typeof DraftId>;

/** A person's correction of the ledger: the event that it is, or that asked for it. */
export const CorrectionId = made('C', 'correction').brand<'CorrectionId'>();
export type CorrectionId = z.infer<typeof CorrectionId>;

/** Somebody's passage through a gate that stood open, whom nobody could name. */
export const PassageId = made('U', 'passage').brand<'PassageId'>();
export type PassageId = z.infer<typeof PassageId>;

const EPOCH_KEYS = 2 ** 40;

/**
 * The number that stands for such an id as a table's key: rises with epoch and seq, so a table
 * needs no second index to find a thing by its id. Exact below 2^53, that is for 8,191 epochs.
 */
export function keyOf(id: string): number {
  const dash = id.indexOf('-');
  return Number(id.slice(1, dash)) * EPOCH_KEYS + Number(id.slice(dash + 1));
}

/** `keyOf` the other way round, for ids that begin with a letter. */
function idOfKey(letter: string, key: number): string {
  return `${letter}${Math.floor(key / EPOCH_KEYS)}-${key % EPOCH_KEYS}`;
}

/** The event that such an id was made by. */
export function madeAt(id: string): { readonly epoch: number; readonly seq: number } {
  const [epoch = 0, seq = 0] = id.slice(1).split('-').map(Number);
  return { epoch, seq };
}

/** `keyOf` of an id in a column, as an SQL expression; null for none. */
export function keyInSql(column: string): string {
  const dash = `instr(${column}, '-')`;
  const number = (from: string) => `CAST(substr(${column}, ${from}) AS INTEGER)`;
  return `${number(`2, ${dash} - 2`)} * ${EPOCH_KEYS} + ${number(`${dash} + 1`)}`;
}

/** The same of an event itself: rises with epoch and seq. */
export function eventKey(epoch: number, seq: number): number {
  return epoch * EPOCH_KEYS + seq;
}

/** The id of a thing whose first event has this seq. */
export function crossingId(epoch: number, seq: number): CrossingId {
  return `X${epoch}-${seq}` as CrossingId;
}
/** The crossing that has this key, or would. */
export function crossingOfKey(key: number): CrossingId {
  return idOfKey('X', key) as CrossingId;
}
export function correctionId(epoch: number, seq: number): CorrectionId {
  return `C${epoch}-${seq}` as CorrectionId;
}
/** The correction that has this key, or would. */
export function correctionOfKey(key: number): CorrectionId {
  return idOfKey('C', key) as CorrectionId;
}
/** The passage that has this key. */
export function passageOfKey(key: number): PassageId {
  return idOfKey('U', key) as PassageId;
}
/** What a sale that was told by hand is called by: the event that it is. */
export function saleOfKey(key: number): string {
  return idOfKey('S', key);
}
export function exceptionId(epoch: number, seq: number): ExceptionId {
  return `E${epoch}-${seq}` as ExceptionId;
}
export function incidentId(epoch: number, seq: number): IncidentId {
  return `I${epoch}-${seq}` as IncidentId;
}
export function commandId(epoch: number, seq: number): CommandId {
  return `G${epoch}-${seq}` as CommandId;
}
export function textId(epoch: number, seq: number): TextId {
  return `T${epoch}-${seq}` as TextId;
}
export function erasureId(epoch: number, seq: number): ErasureId {
  return `R${epoch}-${seq}` as ErasureId;
}
export function musterId(epoch: number, seq: number): MusterId {
  return `M${epoch}-${seq}` as MusterId;
}
export function lockdownId(epoch: number, seq: number): LockdownId {
  return `K${epoch}-${seq}` as LockdownId;
}
export function filingId(epoch: number, seq: number): FilingId {
  return `F${epoch}-${seq}` as FilingId;
}
export function draftId(epoch: number, seq: number): DraftId {
  return `V${epoch}-${seq}` as DraftId;
}
