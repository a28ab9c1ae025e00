import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersonClass } from '../../shared/domain/line.ts';
import { Draws, PURPOSE } from '../chance.ts';
import { REGIME_TROUBLE } from '../rates.ts';
import { ASKED_FOR, REGIME_FILES, type RegimeDataset } from '../site/regime-files.ts';
import { ENTERPRISES } from './employers.ts';
import { type Holder, holderOf, type Population, personId } from './holder.ts';
import { classUnder } from './regime-classes.ts';
import { csvLine, dayText } from './rows.ts';

const COLUMNS = {
  rosters: ['roster', 'person', 'from', 'to'],
  'health-tests': ['person', 'takenAt', 'result'],
} as const satisfies Record<RegimeDataset, readonly string[]>;

/**
 * Tests are made ahead for so many days from the start of a zone; each start makes them anew. A day
 * later everybody is sent to the station, as if it had been shut.
 */
export const TEST_DAYS = 14;
const HOUR_MS = 3_600_000;
/** A person comes to the station again before the last test is 48 hours old. */
const BETWEEN_HOURS = 45;

/** Drawn apart from what stands in the other files, so that those stay as they are. */
function troubleOf(population: Population, index: number): 'unlisted' | 'untested' | null {
  const at = new Draws(population.seed, PURPOSE.station, index).next();
  if (at < REGIME_TROUBLE.unlisted) return 'unlisted';
  return at < REGIME_TROUBLE.unlisted + REGIME_TROUBLE.untested ? 'untested' : null;
}

/** Whom institutions put on their rosters. */
const LISTED: readonly PersonClass[] = ['roster-member', 'innovator'];

/** The row of somebody whom an institution has on its roster; none for those it left out. */
export function rosterRow(population: Population, holder: Holder): string {
  const { regime = 'cma-buffer-zone' } = population;
  if (!LISTED.includes(classUnder(regime, holder.class))) return '';
  if (troubleOf(population, holder.index) === 'unlisted') return '';
  const since = dayText(population.year, -366);
  return csvLine(['training-institutions', personId(holder.index), since, '']);
}

/** When somebody was at the station, ms: from before the zone's start on. */
export function testTimes(population: Population, index: number, startMs: number): number[] {
  if (troubleOf(population, index) === 'untested') return [];
  const offset = new Draws(population.seed, PURPOSE.station, index, 1).below(BETWEEN_HOURS);
  const first = startMs - offset * HOUR_MS;
  const count = Math.ceil((TEST_DAYS * 24 + offset) / BETWEEN_HOURS);
  return Array.from({ length: count }, (_, n) => first + n * BETWEEN_HOURS * HOUR_MS);
}

function testRows(population: Population, index: number, startMs: number): string {
  const times = testTimes(population, index, startMs);
  const person = personId(index);
  return times.map((ms) => csvLine([person, new Date(ms).toISOString(), 'negative'])).join('');
}

/** Tenants of the parks: goods of each firm are on the roster, but for one in twenty. */
function tenantRows(year: number): string {
  return Array.from({ length: ENTERPRISES }, (_, i) => {
    if (i % 20 === 9) return '';
    const id = `ent-${String(i + 1).padStart(3, '0')}`;
    return csvLine(['training-tenants', id, dayText(year, -366), '']);
  }).join('');
}

/**
 * Writes what the population's regime asks for, each file whole under its name: everybody whom it
 * is made for, but for a stated share. `drivers` are those who drive the zone's trucks.
 */
export async function writeRegimeData(
  folder: string,
  population: Population,
  { drivers = [], startMs }: { readonly drivers?: readonly number[]; readonly startMs: number },
): Promise<void> {
  const { people, regime = 'cma-buffer-zone', year } = population;
  for (const name of ASKED_FOR[regime]) {
    const rows: string[] = [csvLine(COLUMNS[name])];
    if (name === 'rosters') rows.push(tenantRows(year));
    for (let n = 0; n < people; n += 1) {
      const holder = holderOf(population, n);
      const isTested = holder.class === 'special-pass' || holder.class === 'hk-resident';
      if (name === 'rosters') rows.push(rosterRow(population, holder));
      else if (isTested) rows.push(testRows(population, n, startMs));
    }
    if (name === 'health-tests') {
      rows.push(...drivers.map((driver) => testRows(population, driver, startMs)));
    }
    const path = join(folder, REGIME_FILES[name]);
    const temporary = `${path}.${process.pid}.tmp`;
    await writeFile(temporary, rows.join(''));
    await rename(temporary, path);
  }
}
