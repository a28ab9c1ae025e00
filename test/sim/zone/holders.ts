import type { Rng } from '../../../src/shared/lib/rng.ts';
import type { SimFiles } from './sim-files.ts';

/** Somebody with a badge, as the site's datasets have them now. */
export interface Holder {
  readonly n: number;
  readonly class: string;
  status: 'active' | 'suspended' | 'revoked';
  watched: boolean;
  cleared: boolean;
  runsOut: boolean;
}

const CLASSES = [
  ...['special-pass', 'special-pass', 'special-pass', 'hk-resident', 'official'],
  ...['escorted-visitor', 'mainland-visitor', 'unidentified'],
] as const;
const SINCE = '2026-01-01T00:00+08:00';
const AHEAD = '2099-01-01T00:00+08:00';
const OVER = '2026-02-01T00:00+08:00';

const PERMIT_COLUMNS =
  'permit,person,credential,class,status,validFrom,validTo,areas,hours,enterprise,consentAt,trade';

export const personOf = (n: number): string => `P-${n}`;
export const permitOf = (n: number): string => `SP-${n}`;
/** Badge number of a holder as the boards report it. */
export const cardOf = (n: number): number => 100_000 + n;

/** The badge holders of a run, and the dataset files that tell the console of them. */
export class Holders {
  readonly all: readonly Holder[];
  readonly #files: SimFiles;

  constructor(count: number, rng: Rng, files: SimFiles) {
    this.#files = files;
    this.all = Array.from({ length: count }, (_, i) => ({
      ...{ n: i + 1, class: i < 2 ? 'special-pass' : rng.pick(CLASSES) },
      ...{ status: 'active', watched: false, cleared: rng.chance(0.9), runsOut: false },
    }));
    this.write();
  }

  /** A new edition of the datasets: somebody is revoked, watched, cleared, or none of it again. */
  change(rng: Rng): void {
    const holder = rng.pick(this.all);
    const change = rng.below(4);
    if (change === 0) holder.status = rng.pick(['active', 'active', 'suspended', 'revoked']);
    if (change === 1) holder.watched = !holder.watched;
    if (change === 2) holder.cleared = !holder.cleared;
    if (change === 3) holder.runsOut = !holder.runsOut;
    this.write();
  }

  write(): void {
    const lines = (head: string, rows: readonly string[]) => [head, ...rows, ''].join('\n');
    const permits = this.all.map((holder) => {
      const { n, class: of, status, runsOut } = holder;
      const who = `${permitOf(n)},${personOf(n)},h10301/1/${n},${of},${status}`;
      const until = runsOut ? OVER : AHEAD;
      return `${who},${SINCE},${until},loop|park,00:00-24:00,E-1,${SINCE},engineer`;
    });
    const people = this.all.map(
      ({ n }) => `${personOf(n)},陳大文${n},Chan Tai Man ${n},Works,K${n}`,
    );
    const watched = this.all.filter((holder) => holder.watched);
    const watch = watched.map(({ n }) => `${personOf(n)},to be spoken to,${SINCE},${AHEAD}`);
    const cleared = this.all.filter((holder) => holder.cleared);
    const clearances = cleared.flatMap(({ n }) =>
      ['first', 'second'].map((side) => `${personOf(n)},${side},${SINCE},${AHEAD}`),
    );
    this.#files.write('permits.csv', lines(PERMIT_COLUMNS, permits));
    this.#files.write('persons.csv', lines('person,nameZh,nameEn,employer,document', people));
    this.#files.write('watch-list.csv', lines('person,reason,from,to', watch));
    this.#files.write('clearances.csv', lines('person,line,from,to', clearances));
  }
}
