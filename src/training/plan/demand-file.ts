import { hkDayStart } from '../../shared/lib/hk-time.ts';
import { type Fault, fail, ok, type Result } from '../../shared/lib/result.ts';
import { type DemandSource, dayNumberOf, type Mix, weekdayOf } from './weekday.ts';

/** The control point whose days the training zone follows. */
const CONTROL_POINT = 'Lok Ma Chau Spur Line';
/** Renamed inside the series: both names are one place. */
const RENAMED: Readonly<Record<string, string>> = {
  'Macau Ferry Terminal': 'Macao Ferry Terminal',
};
const HEADER = [
  ...['Date', 'Control Point', 'Arrival / Departure', 'Hong Kong Residents'],
  ...['Mainland Visitors', 'Other Visitors', 'Total'],
];
/** Bad rows beyond this many are counted, not named. */
const NAMED_FAULTS = 50;
/** The mean day is taken over the last so many days of the file. */
const YEAR_DAYS = 365;
/** About a century of the series; more is not this file. */
const MAX_ROWS = 2_000_000;

export interface DemandRow {
  readonly dayNumber: number;
  readonly controlPoint: string;
  readonly direction: 'arrival' | 'departure';
  readonly counts: Mix;
  readonly total: number;
}

export interface DemandTable {
  readonly rows: readonly DemandRow[];
  /** Rows left out, each named by line, column and reason; at most 50 of them. */
  readonly faults: readonly Fault[];
  readonly badRows: number;
}

function countOf(text: string): number {
  return /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
}

/** `DD-MM-YYYY`; NaN for what is not a date. */
function dayOf(text: string): number {
  const match = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text);
  if (match === null) return Number.NaN;
  return dayNumberOf(hkDayStart(`${match[3]}-${match[2]}-${match[1]}`));
}

function parseRow(line: string, where: string): Result<DemandRow> {
  const bad = (column: string, why: string) =>
    fail('demand-row', `${where}, column ${column}: ${why}; the row is left out`, where);
  const fields = line.split(',').map((text) => text.trim());
  if (fields.at(-1) === '' && fields.length === HEADER.length + 1) fields.pop();
  if (fields.length !== HEADER.length) {
    return bad('all', `${fields.length} fields instead of ${HEADER.length}`);
  }
  const [date = '', name = '', way = '', ...counts] = fields;
  const dayNumber = dayOf(date);
  if (Number.isNaN(dayNumber)) return bad('Date', `"${date.slice(0, 20)}" is not DD-MM-YYYY`);
  if (name === '') return bad('Control Point', 'it is empty');
  if (way !== 'Arrival' && way !== 'Departure') {
    return bad('Arrival / Departure', `"${way.slice(0, 20)}" is neither`);
  }
  const numbers = counts.map(countOf);
  const wrong = numbers.findIndex(Number.isNaN);
  if (wrong >= 0) {
    return bad(HEADER[wrong + 3] ?? '?', `"${(counts[wrong] ?? '').slice(0, 20)}" is not a count`);
  }
  const [residents = 0, mainland = 0, others = 0, total = 0] = numbers;
  if (residents + mainland + others !== total) {
    return bad('Total', `${total} is not the sum of the three before it`);
  }
  const mix = { residents, mainland, others };
  const direction = way === 'Arrival' ? 'arrival' : 'departure';
  return ok({ dayNumber, controlPoint: RENAMED[name] ?? name, direction, counts: mix, total });
}

/**
 * Reads the Immigration Department's daily passenger traffic: UTF-8 with or without a byte-order
 * mark, DD-MM-YYYY, a trailing empty column. A bad or repeated row is named and left out. Fails by
 * `demand-header` where it is another file, `demand-empty` where no row is good.
 */
export function parseDemand(text: string, where: string): Result<DemandTable> {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  const header = (lines[0] ?? '').split(',').map((one) => one.trim());
  if (HEADER.some((name, i) => header[i] !== name) || lines.length > MAX_ROWS) {
    const told = `${where} is not the daily passenger traffic file; its first line must be`;
    return fail('demand-header', `${told} ${HEADER.join(',')}`, where);
  }
  const rows: DemandRow[] = [];
  const faults: Fault[] = [];
  const seen = new Set<string>();
  let badRows = 0;
  for (let i = 1; i < lines.length; i += 1) {
    const line = lines[i] ?? '';
    if (line.trim() === '') continue;
    const at = `${where}:${i + 1}`;
    let row = parseRow(line, at);
    if (row.ok) {
      const key = `${row.value.dayNumber}/${row.value.controlPoint}/${row.value.direction}`;
      if (seen.has(key)) row = fail('demand-row', `${at}: the day stands there twice`, at);
      seen.add(key);
    }
    if (row.ok) rows.push(row.value);
    else {
      badRows += 1;
      if (faults.length < NAMED_FAULTS) faults.push(row.fault);
    }
  }
  if (rows.length === 0) return fail('demand-empty', `${where} holds no good row`, where);
  return ok({ rows, faults, badRows });
}

const KINDS = ['residents', 'mainland', 'others'] as const;

/** The parts of each kind in what a set of rows adds up to. */
function partsOf(rows: readonly DemandRow[]): Mix {
  const sum = { residents: 0, mainland: 0, others: 0 };
  for (const { counts } of rows) for (const kind of KINDS) sum[kind] += counts[kind];
  const total = sum.residents + sum.mainland + sum.others || 1;
  return {
    residents: sum.residents / total,
    mainland: sum.mainland / total,
    others: sum.others / total,
  };
}

/** Each kind's part beside its mean part; a kind that was never there stays as it is. */
function beside(parts: Mix, mean: Mix): Mix {
  const one = (kind: keyof Mix) => (mean[kind] === 0 ? 1 : parts[kind] / mean[kind]);
  return { residents: one('residents'), mainland: one('mainland'), others: one('others') };
}

/** Who crossed on each day of the file beside who crosses in its last year. */
function mixes(rows: readonly DemandRow[]): (dayNumber: number) => Mix {
  const days = new Map<number, DemandRow[]>();
  for (const row of rows) {
    const day = days.get(row.dayNumber);
    if (day === undefined) days.set(row.dayNumber, [row]);
    else day.push(row);
  }
  const last = Math.max(...days.keys());
  const year = rows.filter(({ dayNumber }) => dayNumber > last - YEAR_DAYS);
  const mean = partsOf(year);
  const week = Array.from({ length: 7 }, (_, weekday) =>
    partsOf(year.filter(({ dayNumber }) => weekdayOf(dayNumber) === weekday)),
  );
  return (dayNumber) => {
    const day = days.get(dayNumber) ?? [];
    const isQuiet = day.every(({ total }) => total === 0);
    const parts = isQuiet ? (week[weekdayOf(dayNumber)] ?? mean) : partsOf(day);
    const known = parts.residents + parts.mainland + parts.others > 0;
    return known ? beside(parts, mean) : NO_MIX;
  };
}

const NO_MIX: Mix = { residents: 1, mainland: 1, others: 1 };

/** The series' last year: the mean day and the mean of each weekday, 0 Monday … 6 Sunday. */
function lastYear(totals: ReadonlyMap<number, number>): { mean: number; week: number[] } {
  const last = Math.max(...totals.keys());
  const sums = new Array<number>(7).fill(0);
  const days = new Array<number>(7).fill(0);
  let sum = 0;
  let count = 0;
  for (const [dayNumber, total] of totals) {
    if (dayNumber <= last - YEAR_DAYS) continue;
    const weekday = weekdayOf(dayNumber);
    sums[weekday] = (sums[weekday] ?? 0) + total;
    days[weekday] = (days[weekday] ?? 0) + 1;
    sum += total;
    count += 1;
  }
  const mean = sum / count;
  return { mean, week: sums.map((one, i) => ((days[i] ?? 0) > 0 ? one / (days[i] ?? 1) : mean)) };
}

/**
 * Daily demand by the file: a day that it holds is as busy as its own total, any other as the mean
 * of its weekday; 1 is the mean day of the file's last year. Its kinds of travellers are kept; its
 * directions are not, since everyone of the training zone who comes also leaves. Fails where the
 * control point is missing from the file or had nobody in that year.
 */
export function demandOf(table: DemandTable, where: string): Result<DemandSource> {
  const totals = new Map<number, number>();
  for (const { controlPoint, dayNumber, total } of table.rows) {
    if (controlPoint !== CONTROL_POINT) continue;
    totals.set(dayNumber, (totals.get(dayNumber) ?? 0) + total);
  }
  if (totals.size === 0) {
    return fail('demand-point', `${where} has no row of ${CONTROL_POINT}`, where);
  }
  const { mean, week } = lastYear(totals);
  if (mean === 0) {
    return fail('demand-point', `${where}: nobody crossed at ${CONTROL_POINT} in its last year`);
  }
  return ok({
    factorOf: (dayNumber) => (totals.get(dayNumber) ?? week[weekdayOf(dayNumber)] ?? mean) / mean,
    mixOf: mixes(table.rows.filter(({ controlPoint }) => controlPoint === CONTROL_POINT)),
  });
}
