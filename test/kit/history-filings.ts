import { type FilingId, filingId, incidentId } from '../../src/shared/domain/ids.ts';
import type { EventData } from '../../src/shared/journal/events.ts';
import { PERSON, type Teller } from './history-teller.ts';

type Sent = EventData<'filing.sent'>;

/** What a made-up zone declares of an area without gates, files with the other side, and hears. */
export class Filings {
  readonly #teller: Teller;
  readonly #open: FilingId[] = [];

  constructor(teller: Teller) {
    this.#teller = teller;
  }

  /** `seq`: of the next event. */
  goOn(seq: number, atMs: number): void {
    const { rng } = this.#teller;
    const reason = this.#teller.typed();
    const area = 'shenzhen' as Sent['area'];
    const enterprise = `E-${rng.below(3)}` as Sent['enterprise'];
    const roll = rng.below(4);
    const open = this.#open.at(0);
    if (roll === 0) {
      const persons = [`P-${rng.below(12)}`] as EventData<'virtual.declared'>['persons'];
      const data = { area, enterprise, persons, fromMs: atMs, toMs: null, reason };
      this.#teller.emit({ kind: 'virtual.declared', data }, PERSON);
    } else if (roll === 1 || open === undefined) {
      const filing = filingId(1, seq + 1);
      const sent = { filing, area, enterprise, about: 'presence', authority: 'mainland' } as const;
      const data = { ...sent, reference: `F-${seq}`, dueMs: atMs + 86_400_000, reason };
      this.#teller.emit({ kind: 'filing.sent', data }, PERSON);
      this.#open.push(filing);
    } else if (roll === 3) {
      this.#overdue(open, seq + 1);
    } else {
      this.#open.shift();
      const data = { filing: open, outcome: 'accepted', reference: 'A-1', reason } as const;
      this.#teller.emit({ kind: 'filing.answered', data }, PERSON);
    }
  }

  /** `seq`: of the next event. */
  #overdue(filing: FilingId, seq: number): void {
    const incident = incidentId(1, seq + 1);
    this.#teller.emit({ kind: 'filing.overdue', data: { filing, incident } });
    const where = { checkpoint: null, lane: null, board: null, crossing: null, note: null };
    const what = { type: 'filing-overdue', priority: 3, timing: 'live', params: {} } as const;
    this.#teller.emit({ kind: 'incident.raised', data: { incident, ...what, ...where } });
  }
}
