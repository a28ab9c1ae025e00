import type { CommandInput } from '../../../src/shared/contract/commands.ts';
import type { LockdownNow } from '../../../src/shared/contract/lockdown-view.ts';
import type { LaneId } from '../../../src/shared/domain/ids.ts';
import type { FakeLife } from './life.ts';
import { made } from './zone.ts';

const NOBODY = { proposedSide: null, needs: null, begunMs: null, begunBy: null };
const OVER = { endedMs: null, endedBy: null };

/** A lockdown that one person proposes: nothing is shut yet. */
export function fakeProposal(
  life: FakeLife,
  { area, exits }: CommandInput<'lockdown.propose'>,
  by: string,
): { lockdown: LockdownNow['lockdown'] } {
  const lockdown = made('K', life.seq) as LockdownNow['lockdown'];
  const scope = { lockdown, state: 'proposed' as const, area, exits, lanes: [] };
  const row: LockdownNow = { ...scope, proposedBy: by, proposedMs: life.nowMs, ...NOBODY, ...OVER };
  life.set('lockdown', 'now', row);
  return { lockdown };
}

/** What the second person confirms: half of the lanes have shown it, others have not. */
export function fakeConfirmed(
  life: FakeLife,
  { what }: CommandInput<'lockdown.confirm'>,
  by: string,
): void {
  const now = life.rows('lockdown').get('now') as LockdownNow | undefined;
  if (now === undefined) return;
  if (what === 'end') {
    const ended = { state: 'ended', endedMs: life.nowMs, endedBy: by } as const;
    life.set('lockdown', 'now', { ...now, ...ended });
    return;
  }
  const lanes = [...life.rows('lanes').keys()] as LaneId[];
  for (const [n, id] of lanes.entries()) {
    const lane = life.lane(id);
    if (lane === undefined) continue;
    const stage = n % 3 === 2 ? ('sent' as const) : ('confirmed' as const);
    const command = {
      ...({ id: made('G', life.seq + n), action: 'lock', stage, text: null } as const),
      atMs: life.nowMs,
    };
    const mode = stage === 'confirmed' ? ('locked' as const) : lane.mode;
    life.set('lanes', id, { ...lane, mode, command });
  }
  const begun = { state: 'in-force', begunMs: life.nowMs, begunBy: by, lanes } as const;
  life.set('lockdown', 'now', { ...now, ...begun, lanes });
}

/** Its end is proposed, or what was proposed is taken back. */
export function fakeChanged(life: FakeLife, change: 'end' | 'withdraw', by: string): void {
  const now = life.rows('lockdown').get('now') as LockdownNow | undefined;
  if (now === undefined) return;
  const back = now.state === 'ending' ? ('in-force' as const) : ('withdrawn' as const);
  const next =
    change === 'withdraw'
      ? { state: back }
      : { state: 'ending' as const, proposedBy: by, proposedMs: life.nowMs };
  life.set('lockdown', 'now', { ...now, ...next });
}
