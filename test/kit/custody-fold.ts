import type { CustodyAtEnd } from '../../src/shared/contract/goods-rows.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import type { CargoGoods } from '../../src/shared/journal/goods-events.ts';
import { hkDayEnd } from '../../src/shared/lib/hk-time.ts';

interface Followed extends Omit<CustodyAtEnd['rows'][number], 'sinceMs'> {
  sinceMs: number;
  isOpen: boolean;
}

const LAST = new Set(['out', 'used', 'destroyed']);

/** Device time, unless it is over a minute ahead or over 31 days back: then it cannot be. */
function happened({ at, deviceAt }: JournalEvent): number {
  if (deviceAt === null || deviceAt > at + 60_000 || deviceAt < at - 31 * 86_400_000) return at;
  return deviceAt;
}

/** Everything that is followed, by a plain reading of the events up to a moment. */
class Fold {
  readonly items = new Map<string, Followed>();
  readonly #goods = new Map<string, readonly CargoGoods[]>();
  readonly #opens = new Map<string, Set<string>>();
  readonly #asked = new Map<string, { from: string; to: string; direction: string }>();
  readonly #unknown = new Set<string>();

  step(of: Omit<Followed, 'sinceMs' | 'isOpen'>, atMs: number): void {
    const { consignment, item, step } = of;
    const key = `${consignment} ${item}`;
    const before = this.items.get(key);
    const goesOn = before?.isOpen === true;
    this.items.set(key, {
      ...{ consignment, item, step },
      // Whose it is stands as it was first told.
      enterprise: before === undefined ? of.enterprise : before.enterprise,
      sinceMs: goesOn ? before.sinceMs : atMs,
      isOpen: !LAST.has(step),
    });
  }

  take(event: JournalEvent): void {
    const { kind, data, at } = event;
    if (kind === 'custody.stepped') this.step(data, at);
    if (kind === 'crossing.asked') this.#asked.set(data.crossing, data);
    if (kind === 'cargo.asked') this.#goods.set(data.crossing, data.goods);
    if (kind === 'crossing.unknown') this.#unknown.add(data.crossing);
    if (kind === 'cargo.decided') {
      const opens = data.parts.flatMap(({ id, kind: of, obligations }) =>
        obligations.flatMap((one) =>
          of === 'consignment' && one.is === 'custody' ? one.opens.map((i) => `${id} ${i}`) : [],
        ),
      );
      this.#opens.set(data.crossing, new Set(opens));
    }
    if (kind === 'crossing.passed') this.#pass(data.crossing, happened(event));
    if (kind === 'presence.set' && data.crossing !== null) {
      const ends = this.#asked.get(data.crossing);
      if (data.place === ends?.to) this.#answer(data.crossing, 'passed', at);
      if (data.place === ends?.from) this.#answer(data.crossing, 'not-taken', at);
    }
    if (kind === 'passage.answered') this.#answer(data.crossing, data.passage, at);
  }

  #answer(crossing: string, passage: 'passed' | 'not-taken', atMs: number): void {
    if (this.#unknown.delete(crossing) && passage === 'passed') this.#pass(crossing, atMs);
  }

  #pass(crossing: string, atMs: number): void {
    this.#unknown.delete(crossing);
    const way = this.#asked.get(crossing)?.direction;
    for (const { consignment, enterprise, lines } of this.#goods.get(crossing) ?? []) {
      for (const { item } of lines) {
        if (item === null || consignment === null) continue;
        const isOpen = this.items.get(`${consignment} ${item}`)?.isOpen === true;
        const mayOpen = this.#opens.get(crossing)?.has(`${consignment} ${item}`) === true;
        const of = { consignment, item, enterprise };
        if (way === 'in' && (isOpen || mayOpen)) this.step({ ...of, step: 'in' }, atMs);
        if (way === 'out' && isOpen) this.step({ ...of, step: 'out' }, atMs);
      }
    }
  }
}

/** What stood in custody when a day ended. */
export function foldCustody(events: readonly JournalEvent[], day: string): CustodyAtEnd {
  const fold = new Fold();
  for (const event of events) if (event.at < hkDayEnd(day)) fold.take(event);
  const rows = [...fold.items.values()]
    .filter(({ isOpen }) => isOpen)
    .map(({ isOpen: _isOpen, ...row }) => row)
    .sort(
      (a, b) =>
        a.sinceMs - b.sinceMs || order(a.consignment, b.consignment) || order(a.item, b.item),
    );
  return { open: rows.length, rows };
}

function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
