import { CallError } from '../../../src/shared/contract/client.ts';
import type { CommandInput, Session } from '../../../src/shared/contract/commands.ts';
import type { JointRow, JointSide } from '../../../src/shared/contract/joint-queries.ts';
import type { QueryOutput } from '../../../src/shared/contract/queries.ts';
import type { UserId } from '../../../src/shared/domain/ids.ts';
import { made } from './zone.ts';

type Given = Pick<JointSide, 'result' | 'by'>;

const MINUTE_MS = 60_000;
const OFFICER = 'U-administrator' as UserId;
const IN = ['mainland', 'hong-kong'] as const;
const OUT = ['hong-kong', 'mainland'] as const;
const NOTHING: Given = { result: 'not-given', by: null };

/** In training a supervisor acts for the zone's side, an administrator for the other one. */
function ownSideOf(session: Session | null) {
  if (session?.role === 'supervisor') return 'hong-kong' as const;
  return session?.role === 'administrator' ? ('mainland' as const) : null;
}

/** What the sides of the fake zone's joint inspections have said. */
export class FakeJoint {
  /** The first of the queue is held by the other side; one of a lane waits for a second result. */
  readonly #given = new Map<string, Given>([
    ['X1-5000/mainland', { result: 'held', by: OFFICER }],
    ['X1-159999/hong-kong', { result: 'released-by-person', by: 'U-supervisor' as UserId }],
    ['X1-159999/mainland', NOTHING],
    ['X1-159998/mainland', { result: 'held', by: OFFICER }],
    ['X1-159998/hong-kong', NOTHING],
  ]);

  give({ crossing, result }: CommandInput<'joint.give'>, session: Session | null): void {
    const side = ownSideOf(session);
    if (side === null) throw new CallError({ code: 'second-side', text: 'you act for neither' });
    const said = result === 'held' ? 'held' : 'released-by-person';
    const key = `${crossing}/${side}`;
    if (this.#given.get(key)?.result === said) {
      throw new CallError({ code: 'no-change', text: `${side} has it so already` });
    }
    this.#given.set(key, { result: said, by: session?.user ?? null });
  }

  of(
    crossing: string,
    session: Session | null,
    isWayOut: boolean,
  ): QueryOutput<'joint-record.crossing'> {
    const [exit, entry] = isWayOut ? OUT : IN;
    return {
      ownSide: ownSideOf(session),
      sides: [
        { side: exit, way: 'exit', ...this.#said(crossing, exit, NOTHING) },
        { side: entry, way: 'entry', ...this.#said(crossing, entry, NOTHING) },
      ],
    };
  }

  ofLane(nowMs: number, session: Session | null): QueryOutput<'joint-record.lane'> {
    const rows = [11_000, 14_000, 9_000, 42_000, 12_000].map((tookMs, n): JointRow => {
      const crossing = made('X', 160_000 - n);
      const readMs = nowMs - n * 3 * MINUTE_MS;
      const released: Given = { result: 'released', by: null };
      const exit = this.#said(crossing, 'mainland', released);
      const entry = this.#said(crossing, 'hong-kong', released);
      return {
        ...{ crossing, readMs, tookMs, releaseMs: readMs + tookMs, isSlow: tookMs > 30_000 },
        ...{ exitFor: 'mainland', exitResult: exit.result, exitBy: exit.by },
        ...{ entryFor: 'hong-kong', entryResult: entry.result, entryBy: entry.by },
        takesResults: true,
      };
    });
    const figures = { released: 212, medianMs: 12_000, p95Ms: 31_000, slow: 9, slowMs: 30_000 };
    return { rows, ...figures, ownSide: ownSideOf(session) };
  }

  #said(crossing: string, side: string, otherwise: Given): Given {
    return this.#given.get(`${crossing}/${side}`) ?? otherwise;
  }
}
