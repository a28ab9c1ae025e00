import { hash } from 'node:crypto';
import type { MonthRow, MonthTotal } from '../../../shared/contract/presence-queries.ts';
import type { PersonClass } from '../../../shared/domain/line.ts';
import { PartDayRule } from '../../../shared/domain/part-day-rule.ts';
import { type Cell, csvText } from '../../../shared/lib/csv-text.ts';
import { hkDayTime } from '../../../shared/lib/hk-time.ts';
import { domain } from '../../../shared/locale/domain.ts';
import { presence as words } from '../../../shared/locale/presence.ts';
import { presenceMonth } from '../../../shared/locale/presence-month.ts';
import type { ReportFile } from './csv.ts';
import type { PresenceFile } from './presence-csv.ts';
import type { ReportSite } from './report-site.ts';

/** Everybody's shares of a month, and their sums by class. */
export interface MonthShares {
  readonly month: string;
  readonly days: number;
  readonly nowMs: number;
  readonly rows: readonly MonthRow[];
  readonly totals: readonly MonthTotal[];
}

type Row = readonly Cell[];

/** A share as a spreadsheet reads it: `0.7742`, of the days of the month that have begun. */
function share(present: number, days: number): number {
  return Math.round((present / days) * 10_000) / 10_000;
}

/** Everybody's shares of a month as a spreadsheet in one language. The same shares, same bytes. */
export function presenceMonthCsv(
  { days, month, nowMs, rows, totals }: MonthShares,
  site: ReportSite,
  { where, language }: PresenceFile,
): ReportFile {
  const say = (word: keyof typeof words) => words[word][language];
  const of = (word: keyof typeof presenceMonth) => presenceMonth[word][language];
  const className = (name: PersonClass | null) =>
    name === null ? of('no-class') : domain[`class-${name}`][language];
  const heads = PartDayRule.options.flatMap((rule) =>
    [say('present'), of('share'), say('unknown'), of('absent'), of('absences'), of('longest')].map(
      (word) => `${say(`rule-${rule}`)}: ${word}`,
    ),
  );
  const text = csvText([
    [of('title'), month],
    [say('not-decision')],
    [site.name?.[language] ?? site.id],
    [say('until'), hkDayTime(nowMs)],
    [say('where'), say(`where-${where}`)],
    [of('days'), days],
    [],
    [of('class'), say('rule'), of('persons'), say('present'), say('unknown')],
    ...totals.map((one) => [
      ...[className(one.class), say(`rule-${one.rule}`)],
      ...[one.persons, one.present, one.unknown],
    ]),
    [],
    [say('person'), of('class'), ...heads, say('permit-months'), of('permit-in-month')],
    ...rows.map(
      (row): Row => [
        ...[row.person, className(row.class)],
        ...row.counts.flatMap((one) => [
          ...[one.present, share(one.present, days), one.unknown],
          ...[one.absent, one.absences, one.longestAbsence],
        ]),
        ...[row.permitMonths, of(row.permitInMonth ? 'yes' : 'no')],
      ],
    ),
  ]);
  const name = `twoline-presence-month-${month}-${where}-${language}.csv`;
  return { name, text, sha256: hash('sha256', text) };
}
