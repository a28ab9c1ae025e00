import type { LaneNow } from '../../../shared/contract/views.ts';
import { ageState } from '../../../shared/domain/age-state.ts';
import type { DoorMode } from '../../../shared/domain/gate.ts';
import type { Priority } from '../../../shared/domain/incident.ts';
import { assertNever } from '../../../shared/lib/assert.ts';

/** The shape of a lane's dot. Each differs by form, never by colour alone. */
export const LANE_BODIES = [
  'shut',
  'busy',
  'open',
  'waiting',
  'locked',
  'held',
  'uncertain',
  'stale',
  'offline',
] as const;
export type LaneBody = (typeof LANE_BODIES)[number];

/** How far the last command of a person has come, as a small sign over the dot. */
export const COMMAND_MARKS = ['pending', 'done', 'failed'] as const;
export type CommandMark = (typeof COMMAND_MARKS)[number];

/** What a lane shows: a body, the priority of what is open there, a command's progress. */
export interface LaneSymbol {
  readonly body: LaneBody;
  /** 0 = nothing is open. */
  readonly priority: Priority | 0;
  readonly command: CommandMark | 'none';
}

/** A confirmed command is shown this long, then it is history. */
export const DONE_SHOWN_MS = 6_000;
/** A failed one stays longer: somebody has to see it. */
export const FAILED_SHOWN_MS = 60_000;

export interface LaneSight {
  readonly row: LaneNow;
  /** Real ms since the lane's board was last heard, counted up to now; null = never. */
  readonly ageMs: number | null;
  /** Real ms since the row's command reached the stage it shows; null = before this screen. */
  readonly stageAgeMs: number | null;
  /** The highest priority that the queue holds for this lane; null = none or not known here. */
  readonly queued: Priority | null;
}

function bodyOfMode(mode: DoorMode | null): LaneBody | null {
  switch (mode) {
    case null:
      return 'uncertain';
    case 'locked':
      return 'locked';
    case 'held':
      return 'held';
    case 'controlled':
      return null;
    default:
      return assertNever(mode, 'door mode');
  }
}

function bodyOfCrossing(row: LaneNow): LaneBody {
  switch (row.crossing?.state) {
    case 'referred':
      return 'waiting';
    case 'opened':
      return 'open';
    case 'asked':
    case 'admitted':
      return 'busy';
    default:
      return 'shut';
  }
}

/** The body alone. What is not fresh shows its doubt and nothing else: stale is never well. */
export function laneBody(row: LaneNow, ageMs: number | null): LaneBody {
  const age = ageState(ageMs, row.online);
  if (age !== 'fresh') return age;
  const byMode = bodyOfMode(row.mode);
  if (byMode !== null) return byMode;
  if (row.door === 'unknown') return 'uncertain';
  if (row.door === 'open' || row.door === 'forced') return 'open';
  return bodyOfCrossing(row);
}

/** The command's sign; what happened before this screen looked is history. */
export function commandMark(row: LaneNow, stageAgeMs: number | null): CommandMark | 'none' {
  const stage = row.command?.stage;
  if (stage === undefined) return 'none';
  switch (stage) {
    case 'requested':
    case 'sent':
    case 'accepted':
      return 'pending';
    case 'confirmed':
      return stageAgeMs !== null && stageAgeMs < DONE_SHOWN_MS ? 'done' : 'none';
    case 'failed':
    case 'expired':
    case 'unknown':
      return stageAgeMs !== null && stageAgeMs < FAILED_SHOWN_MS ? 'failed' : 'none';
    default:
      return assertNever(stage, 'command stage');
  }
}

/** The more urgent of two priorities; 0 and null stand for none. */
export function moreUrgent(a: Priority | 0 | null, b: Priority | 0 | null): Priority | 0 {
  if (!a) return b ?? 0;
  if (!b) return a;
  return a < b ? a : b;
}

export function laneSymbol(sight: LaneSight): LaneSymbol {
  return {
    body: laneBody(sight.row, sight.ageMs),
    priority: moreUrgent(sight.row.highestPriority, sight.queued),
    command: commandMark(sight.row, sight.stageAgeMs),
  };
}

export function sameSymbol(a: LaneSymbol | undefined, b: LaneSymbol): boolean {
  return (
    a !== undefined && a.body === b.body && a.priority === b.priority && a.command === b.command
  );
}

/** True where a change may not wait for the next flush: an alarm or a command's progress. */
export function isUrgent(before: LaneSymbol | undefined, after: LaneSymbol): boolean {
  if (before === undefined) return after.priority !== 0 || after.command !== 'none';
  return before.priority !== after.priority || before.command !== after.command;
}
