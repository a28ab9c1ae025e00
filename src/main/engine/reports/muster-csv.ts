import { hash } from 'node:crypto';
import type { ExportedFile } from '../../../shared/contract/exported-file.ts';
import type { Person } from '../../../shared/domain/permit.ts';
import type { Place } from '../../../shared/domain/place.ts';
import type { Language } from '../../../shared/domain/text.ts';
import { type Cell, csvText } from '../../../shared/lib/csv-text.ts';
import { hkDayTime } from '../../../shared/lib/hk-time.ts';
import { domain } from '../../../shared/locale/domain.ts';
import { musterFile as words } from '../../../shared/locale/muster-file.ts';
import type { MusterRoll, RollPerson } from '../projections/muster-roll.ts';
import type { ReportSite } from './report-site.ts';

type Row = readonly Cell[];
type State = 'missing' | 'unlisted' | 'marked';

/** Somebody's names; nobody's where none are held. */
export type MusterNames = ReadonlyMap<string, Pick<Person, 'nameZh' | 'nameEn' | 'employer'>>;

export interface MusterFileOptions {
  readonly language: Language;
  readonly nowMs: number;
}

const ORDER: readonly State[] = ['missing', 'unlisted', 'marked'];
const byNumber = new Intl.Collator('en', { numeric: true });

/**
 * A muster as a spreadsheet in one language, for those who look for people: whoever is missing
 * first, by place; then who came and was not on the list, and who is present, as they came.
 */
export function musterCsv(
  roll: MusterRoll,
  names: MusterNames,
  site: ReportSite,
  { language, nowMs }: MusterFileOptions,
): ExportedFile {
  const say = (word: keyof typeof words): string => words[word][language];
  const { muster } = roll;
  const areas = new Map(site.areas.map(({ id, name }) => [id, name[language]]));
  const placeName = (place: Place | null): string => {
    if (place === null) return '';
    if (place === 'beyond-first') return domain['place-beyond-first'][language];
    if (place === 'beyond-second') return domain['place-beyond-second'][language];
    return areas.get(place) ?? place;
  };
  const text = csvText([
    [say('title')],
    [say('site'), site.name?.[language] ?? site.id],
    [say('where'), muster.area === null ? say('whole-zone') : placeName(muster.area as Place)],
    [say('why'), say(muster.why === 'evacuation' ? 'why-evacuation' : 'why-ordered')],
    [say('begun'), hkDayTime(muster.begun_ms), muster.begun_by ?? ''],
    muster.ended_ms === null
      ? [say('ended'), say('not-ended')]
      : [say('ended'), hkDayTime(muster.ended_ms), muster.ended_by ?? ''],
    [say('made'), hkDayTime(nowMs)],
    ...(roll.cut ? [[say('cut')]] : []),
    [],
    [say('missing'), muster.listed - muster.marked],
    [say('marked'), muster.marked],
    [say('listed'), muster.listed],
    [say('unlisted'), muster.unlisted],
    [say('anonymous'), muster.anonymous],
    [],
    HEADS.map(say),
    ...[...roll.persons].sort(inOrder).map((one) => personRow(one, names, say, placeName)),
  ]);
  const when = hkDayTime(nowMs).replaceAll(/[: ]/g, '-');
  const name = `twoline-muster-${muster.muster}-${when}-${language}.csv`;
  return { name, text, sha256: hash('sha256', text) };
}

const HEADS = [
  ...(['state', 'person', 'name-zh', 'name-en', 'employer', 'place', 'now', 'sure'] as const),
  ...(['time', 'point', 'by'] as const),
] as const;

function personRow(
  one: RollPerson,
  names: MusterNames,
  say: (word: keyof typeof words) => string,
  placeName: (place: Place | null) => string,
): Row {
  const named = names.get(one.person);
  const sure = one.now === null ? '' : say(one.unsure ? 'no' : 'yes');
  return [
    ...[say(stateOf(one)), one.person],
    ...[named?.nameZh ?? '', named?.nameEn ?? '', named?.employer ?? ''],
    ...[placeName(one.place), placeName(one.now), sure],
    one.markedMs === null ? '' : hkDayTime(one.markedMs),
    ...[one.reader ?? '', one.markedBy ?? ''],
  ];
}

function stateOf({ markedMs, place }: RollPerson): State {
  if (markedMs === null) return 'missing';
  return place === null ? 'unlisted' : 'marked';
}

function inOrder(a: RollPerson, b: RollPerson): number {
  return (
    ORDER.indexOf(stateOf(a)) - ORDER.indexOf(stateOf(b)) ||
    (a.markedMs ?? 0) - (b.markedMs ?? 0) ||
    (a.place ?? '').localeCompare(b.place ?? '') ||
    byNumber.compare(a.person, b.person)
  );
}
