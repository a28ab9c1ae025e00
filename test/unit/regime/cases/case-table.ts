import { expect, test } from 'vitest';
import type { Verdict } from '../../../../src/shared/domain/crossing.ts';
import {
  CLASSES_OF,
  type Direction,
  type Line,
  type SubjectClass,
  SubjectKind,
} from '../../../../src/shared/domain/line.ts';
import { must } from '../../../../src/shared/lib/assert.ts';
import type { ConsignmentFacts } from '../../../../src/shared/regime/consignment-facts.ts';
import { evaluate } from '../../../../src/shared/regime/evaluate.ts';
import type { CrossingFacts } from '../../../../src/shared/regime/facts.ts';
import type { PersonFacts } from '../../../../src/shared/regime/person-facts.ts';
import type { VehicleFacts } from '../../../../src/shared/regime/vehicle-facts.ts';
import type { RegimeVerdict } from '../../../../src/shared/regime/verdict.ts';
import {
  COMMUTER,
  crossing,
  LOOP,
  NOON,
  PASS,
  SAN_TIN,
  type SHIPPED,
  shippedRegime,
} from '../given.ts';
import { CONTENT, GOODS, LORRY, SAMPLE } from '../given-goods.ts';

/**
 * One case as an officer would put it: where and who (`both` = in and out), what is not as it
 * should be, and what must come of it. Reasons and obligations by name, parted by blanks.
 */
export type CaseRow = readonly [
  where: string,
  facts: string,
  verdict: Verdict,
  reasons?: string,
  oblige?: string,
];

const NONE = { person: false, permit: false, enterprise: false };
const ROSTER = { roster: 'r', fromMs: NOON - 86_400_000, toMs: NOON - 3_600_000 };

/** All in order but for an ordinary clearance and an escort, which few have. */
const PERSON: Readonly<Record<string, (facts: PersonFacts) => Partial<PersonFacts>>> = {
  cleared: () => ({ clearance: { untilMs: NOON + 60_000 } }),
  'clearance-over': () => ({ clearance: { untilMs: NOON } }),
  escorted: () => ({ escort: 'there' }),
  crowded: () => ({ escort: 'full' }),
  expired: () => ({ permit: { ...PASS, areas: [LOOP, SAN_TIN], validToMs: NOON } }),
  revoked: () => ({ permit: { ...PASS, areas: [LOOP, SAN_TIN], status: 'revoked' } }),
  suspended: () => ({ suspended: { ...NONE, person: true } }),
  elsewhere: () => ({ permit: { ...PASS, areas: [] } }),
  'at-night': () => ({
    permit: { ...PASS, areas: [LOOP, SAN_TIN], hours: { fromMinute: 0, toMinute: 60 } },
  }),
  listed: () => ({ watchlisted: true }),
  inside: ({ to }) => ({ presence: { place: to, unknown: false, sinceMs: 0, reserved: false } }),
  full: ({ area }) => ({ area: area === null ? null : { ...area, inside: 60 } }),
  'no-consent': () => ({ permit: { ...PASS, areas: [LOOP, SAN_TIN], consentAtMs: null } }),
  'off-roster': () => ({ roster: [] }),
  'struck-off': () => ({ roster: [ROSTER] }),
  'no-roster': () => ({ roster: null }),
  untested: () => ({ healthTest: null }),
  'old-test': () => ({ healthTest: { takenMs: NOON - 48 * 3_600_000, result: 'negative' } }),
  positive: () => ({ healthTest: { takenMs: NOON - 1, result: 'positive' } }),
  nobody: () => ({ permit: null, person: null, roster: null, healthTest: null }),
};

const works = must(GOODS.enterprise, 'the enterprise of the goods');
const GOOD: Readonly<Record<string, () => Partial<ConsignmentFacts>>> = {
  undeclared: () => ({ declaration: null }),
  filed: () => ({ declaration: { status: 'filed', untilMs: null } }),
  unregistered: () => ({ enterprise: { ...works, registered: null } }),
  'low-tier': () => ({ enterprise: { ...works, tier: 'ordinary' } }),
  'off-roster': () => ({ enterprise: { ...works, roster: [] } }),
  nobody: () => ({ enterprise: null }),
  broken: () => ({ seal: { declared: 'S-1', read: 'S-1', isBroken: true } }),
  unsealed: () => ({ seal: null }),
  foreign: () => ({
    origin: { ...CONTENT, othersCents: 1_000_000, hongKongCents: 0, mainlandCents: 0, ...ZERO },
  }),
  'no-content': () => ({ origin: null }),
  uncertified: () => ({ certificate: null }),
  combined: () => ({ importTax: 'combined-rate' }),
  sample: () => ({ items: [SAMPLE] }),
  returning: () => ({ items: [{ ...SAMPLE, isInCustody: true }] }),
  held: () => ({ suspended: { consignment: true, enterprise: false } }),
  suspended: () => ({ suspended: { consignment: false, enterprise: true } }),
  listed: () => ({ watchlisted: true }),
};
const ZERO = { partnersCents: 0, labourCents: 0, developmentCents: 0 };

/** `driver=CLASS` names who drives; `driver-FACT` and `goods-FACT` change the parts. */
const VEHICLE: Readonly<Record<string, () => Partial<VehicleFacts>>> = {
  listed: () => ({ watchlisted: true }),
  suspended: () => ({ suspended: { vehicle: true, enterprise: false } }),
  empty: () => ({ consignments: [] }),
};

function kindOf(name: string): SubjectKind {
  const kind = SubjectKind.options.find((one) => CLASSES_OF[one].includes(name as SubjectClass));
  return must(kind, `a kind with the class ${name}`);
}

function changed<F>(
  facts: F,
  words: readonly string[],
  table: Readonly<Record<string, (facts: F) => Partial<F>>>,
): F {
  let all = facts;
  for (const word of words) all = { ...all, ...must(table[word], word)(all) };
  return all;
}

function factsOf(line: Line, direction: Direction, name: string, words: string[]): CrossingFacts {
  const way = crossing(line, direction);
  const { area, presence, ...passage } = way;
  const person = (driver: string, of: readonly string[]) => {
    const own = { ...PASS, areas: [LOOP, SAN_TIN] };
    const start = { ...COMMUTER, ...way, permit: own, class: driver } as PersonFacts;
    return changed(start, of, PERSON);
  };
  const load = (of: readonly string[]) => changed({ ...GOODS, ...passage }, of, GOOD);
  const kind = kindOf(name);
  if (kind === 'person') return person(name, words);
  if (kind === 'consignment') return { ...load(words), class: name } as ConsignmentFacts;
  const of = (part: string) =>
    words.filter((word) => word.startsWith(`${part}-`)).map((word) => word.slice(part.length + 1));
  const driver = words.find((word) => word.startsWith('driver='))?.slice(7) ?? 'special-pass';
  const own = words.filter((word) => Object.hasOwn(VEHICLE, word));
  const parts = { driver: person(driver, of('driver')), consignments: [load(of('goods'))] };
  return changed({ ...LORRY, ...passage, ...parts, class: name } as VehicleFacts, own, VEHICLE);
}

function reasonsOf(said: RegimeVerdict): string[] {
  const own = said.reasons.map(({ is, detail }) => `${is}/${detail}`);
  return [...own, ...said.parts.flatMap((part) => reasonsOf(part.said))];
}

function obligedBy(said: RegimeVerdict): string[] {
  const own = said.obligations.map((one) =>
    one.is === 'file-with' ? `${one.is}:${one.authority}` : one.is,
  );
  return [...own, ...said.parts.flatMap((part) => obligedBy(part.said))];
}

interface Case {
  readonly name: string;
  readonly facts: CrossingFacts;
  readonly wanted: object;
}

function casesOf([where, facts, verdict, reasons = '', oblige = '']: CaseRow): Case[] {
  const [line = '', way = '', name = ''] = where.split(' ');
  const directions = way === 'both' ? ['in', 'out'] : [way];
  const words = (text: string) => text.split(' ').filter((word) => word !== '');
  return directions.map((direction) => ({
    name: `${line} ${direction} ${name}: ${facts === '' ? 'all in order' : facts} → ${verdict}`,
    facts: factsOf(line as Line, direction as Direction, name, words(facts)),
    wanted: { verdict, reasons: words(reasons), oblige: words(oblige) },
  }));
}

/** Runs a regime's table, written from what the document says: verdict, reasons, obligations. */
export function caseTable(id: (typeof SHIPPED)[number], rows: readonly CaseRow[]): void {
  const regime = shippedRegime(id);
  const cases = rows.flatMap(casesOf);
  test(`${id} has at least 40 cases`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });
  test.each(cases)('$name', ({ facts, wanted }) => {
    const said = evaluate(regime, facts);
    const got = { verdict: said.verdict, reasons: reasonsOf(said), oblige: obligedBy(said) };
    expect(got).toEqual(wanted);
  });
}
