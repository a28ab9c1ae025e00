import { describe, expect, test } from 'vitest';
import type { Verdict } from '../../../src/shared/domain/crossing.ts';
import type { Direction, Line, PersonClass } from '../../../src/shared/domain/line.ts';
import { evaluate } from '../../../src/shared/regime/evaluate.ts';
import type { PersonFacts } from '../../../src/shared/regime/person-facts.ts';
import type { ObligationName } from '../../../src/shared/regime/requirement.ts';
import { at, cmaRegime, crossing, given, LOOP, NOON, PASS, SAN_TIN } from './given.ts';

const cma = cmaRegime();

/** What one badge gets: the verdict, the failed requirements, and what admitting starts. */
interface Then {
  readonly rule: string;
  readonly verdict: Verdict;
  readonly reasons?: readonly string[];
  readonly oblige?: readonly ObligationName[];
  readonly overstay?: boolean;
}
type Row = readonly [when: string, changes: Partial<PersonFacts>, then: Then];

/** Rows of one line of the regime's table: each class and direction, with the facts changed. */
function table(
  name: string,
  who: { line: Line; classes: readonly PersonClass[]; directions: readonly Direction[] },
  rows: readonly Row[],
): void {
  describe(name, () => {
    for (const one of who.classes) {
      for (const direction of who.directions) {
        test.each(rows)(`${one} ${direction}: %s`, (_, changes, then) => {
          const facts = given({ ...crossing(who.line, direction), class: one, ...changes });
          const said = evaluate(cma, facts);
          expect({
            rule: said.rule,
            verdict: said.verdict,
            reasons: said.reasons.map(({ is, detail }) => `${is}/${detail}`),
            oblige: said.obligations.map(({ is }) => is),
            overstay: said.overstay,
          }).toEqual({ reasons: [], oblige: [], overstay: false, ...then });
        });
      }
    }
  });
}

const expired = { permit: { ...PASS, validToMs: NOON } };
const revoked = { permit: { ...PASS, status: 'revoked' as const } };
const suspended = { permit: { ...PASS, status: 'suspended' as const } };
const cleared = { clearance: { untilMs: NOON + 60_000 } };
const listed = { watchlisted: true };
const inside = { presence: at(LOOP) };
const full = { area: { id: LOOP, inside: 59, reserved: 1, soft: 50, hard: 60 } };

const passIn = { rule: 'first-in-special-pass' } as const;
const starts = { oblige: ['joint-record', 'presence-day', 'due-back'] } as const;
table(
  'first line · special-pass · in: all eight requirements → admit',
  { line: 'first', classes: ['special-pass'], directions: ['in'] },
  [
    ['all hold', {}, { ...passIn, ...starts, verdict: 'admit' }],
    ['expired', expired, { ...passIn, verdict: 'refuse', reasons: ['permit-valid/expired'] }],
    ['revoked', revoked, { ...passIn, verdict: 'refuse', reasons: ['permit-valid/revoked'] }],
    ['suspended', suspended, { ...passIn, verdict: 'refuse', reasons: ['not-suspended/permit'] }],
    [
      'another area',
      { permit: { ...PASS, areas: [SAN_TIN] } },
      { ...passIn, ...starts, verdict: 'refer', reasons: ['permit-covers-area/not-covered'] },
    ],
    [
      'outside the hours',
      { permit: { ...PASS, hours: { fromMinute: 0, toMinute: 60 } } },
      { ...passIn, ...starts, verdict: 'refer', reasons: ['within-hours/outside'] },
    ],
    [
      'watch-listed',
      listed,
      { ...passIn, ...starts, verdict: 'refer', reasons: ['not-watchlisted/listed'] },
    ],
    [
      'already inside',
      inside,
      { ...passIn, ...starts, verdict: 'refer', reasons: ['not-already-inside/already-inside'] },
    ],
    ['no room', full, { ...passIn, ...starts, verdict: 'refer', reasons: ['area-has-room/full'] }],
    [
      'no consent',
      { permit: { ...PASS, consentAtMs: null } },
      {
        ...passIn,
        ...starts,
        verdict: 'refer',
        reasons: ['consent-to-joint-inspection/not-given'],
      },
    ],
  ],
);

const passOut = { rule: 'first-out-special-pass', oblige: ['joint-record'] } as const;
table(
  'first line · special-pass · out: not watch-listed → admit',
  { line: 'first', classes: ['special-pass'], directions: ['out'] },
  [
    ['not watch-listed', {}, { ...passOut, verdict: 'admit' }],
    ['watch-listed', listed, { ...passOut, verdict: 'refer', reasons: ['not-watchlisted/listed'] }],
    [
      'expired: admitted as overstay',
      expired,
      { ...passOut, verdict: 'admit', reasons: ['permit-valid/expired'], overstay: true },
    ],
    ['suspended: still out', suspended, { ...passOut, verdict: 'admit' }],
    ['never seen inside: still out', { presence: at(null) }, { ...passOut, verdict: 'admit' }],
  ],
);

const both: readonly Direction[] = ['in', 'out'];

const clearance = { rule: 'first-ordinary-clearance' };
table(
  'first line · hk-resident, mainland-visitor, other-visitor · both: clearance → admit',
  {
    line: 'first',
    classes: ['hk-resident', 'mainland-visitor', 'other-visitor'],
    directions: both,
  },
  [
    ['cleared', cleared, { ...clearance, verdict: 'admit' }],
    ['not cleared', {}, { ...clearance, verdict: 'refer', reasons: ['clearance-granted/none'] }],
    [
      'clearance over',
      { clearance: { untilMs: NOON } },
      { ...clearance, verdict: 'refer', reasons: ['clearance-granted/ended'] },
    ],
  ],
);

for (const line of ['first', 'second'] as const) {
  const official = { rule: `${line}-in-official` };
  table(
    `${line} line · official · in: valid → admit`,
    { line, classes: ['official'], directions: ['in'] },
    [
      ['valid', {}, { ...official, verdict: 'admit' }],
      ['expired', expired, { ...official, verdict: 'refuse', reasons: ['permit-valid/expired'] }],
      [
        'suspended',
        suspended,
        { ...official, verdict: 'refuse', reasons: ['not-suspended/permit'] },
      ],
    ],
  );
  const officialOut = { rule: `${line}-out-official` };
  const overstay = { reasons: ['permit-valid/expired'], overstay: true };
  table(
    `${line} line · official · out: admit, an expired permit as overstay`,
    { line, classes: ['official'], directions: ['out'] },
    [
      ['valid', {}, { ...officialOut, verdict: 'admit' }],
      ['expired', expired, { ...officialOut, ...overstay, verdict: 'admit' }],
    ],
  );
  const visitor = { rule: `${line}-in-escorted-visitor` };
  table(
    `${line} line · escorted-visitor · in: valid and escorted → admit`,
    { line, classes: ['escorted-visitor'], directions: ['in'] },
    [
      ['valid, escorted', { escort: 'there' }, { ...visitor, verdict: 'admit' }],
      ['valid, alone', {}, { ...visitor, verdict: 'refer', reasons: ['escorted/no-escort'] }],
      [
        'expired, escorted',
        { ...expired, escort: 'there' },
        { ...visitor, verdict: 'refuse', reasons: ['permit-valid/expired'] },
      ],
    ],
  );
  const visitorOut = { rule: `${line}-out-escorted-visitor` };
  table(
    `${line} line · escorted-visitor · out: escorted → admit`,
    { line, classes: ['escorted-visitor'], directions: ['out'] },
    [
      ['escorted', { escort: 'there' }, { ...visitorOut, verdict: 'admit' }],
      ['alone', {}, { ...visitorOut, verdict: 'refer', reasons: ['escorted/no-escort'] }],
      [
        'expired, escorted',
        { ...expired, escort: 'there' },
        { ...visitorOut, ...overstay, verdict: 'admit' },
      ],
    ],
  );
  const nobody = { rule: `${line}-unidentified`, verdict: 'refer' as const };
  table(
    `${line} line · unidentified · both: refer`,
    { line, classes: ['unidentified'], directions: both },
    [
      [
        'an unknown badge',
        { permit: null, person: null, presence: at(null) },
        { ...nobody, reasons: ['permit-valid/no-permit'] },
      ],
      ['a permit without a class', {}, nobody],
    ],
  );
  table(
    `${line} line · classes of other regimes · both: refer`,
    { line, classes: ['roster-member', 'innovator', 'macao-resident'], directions: both },
    [['all in order', cleared, { rule: `${line}-other-regimes`, verdict: 'refer' }]],
  );
}

const over = { rule: 'second-out-special-pass' };
table(
  'second line · special-pass · out: ordinary clearance, a pass alone never admits',
  { line: 'second', classes: ['special-pass'], directions: ['out'] },
  [
    ['cleared', cleared, { ...over, verdict: 'admit' }],
    ['the pass alone', {}, { ...over, verdict: 'refer', reasons: ['clearance-granted/none'] }],
    [
      'cleared, expired: admitted as overstay',
      { ...cleared, ...expired },
      { ...over, verdict: 'admit', reasons: ['permit-valid/expired'], overstay: true },
    ],
  ],
);

const back = { rule: 'second-in-special-pass' };
table(
  'second line · special-pass · in: clearance, and coming back in needs the valid pass',
  { line: 'second', classes: ['special-pass'], directions: ['in'] },
  [
    ['cleared, valid', cleared, { ...back, verdict: 'admit' }],
    ['not cleared', {}, { ...back, verdict: 'refer', reasons: ['clearance-granted/none'] }],
    [
      'cleared, expired',
      { ...cleared, ...expired },
      { ...back, verdict: 'refuse', reasons: ['permit-valid/expired'] },
    ],
    [
      'cleared, suspended',
      { ...cleared, ...suspended },
      { ...back, verdict: 'refuse', reasons: ['not-suspended/permit'] },
    ],
  ],
);

const visitors = { rule: 'second-visitors' };
table(
  'second line · mainland-visitor, other-visitor · both: clearance → admit, else refer',
  { line: 'second', classes: ['mainland-visitor', 'other-visitor'], directions: both },
  [
    ['cleared', cleared, { ...visitors, verdict: 'admit' }],
    ['not cleared', {}, { ...visitors, verdict: 'refer', reasons: ['clearance-granted/none'] }],
  ],
);

const resident = { rule: 'second-hk-resident' };
table(
  'second line · hk-resident · both: not watch-listed → admit',
  { line: 'second', classes: ['hk-resident'], directions: both },
  [
    ['not watch-listed', {}, { ...resident, verdict: 'admit' }],
    [
      'watch-listed',
      listed,
      { ...resident, verdict: 'refer', reasons: ['not-watchlisted/listed'] },
    ],
  ],
);

const covers = { permit: { ...PASS, areas: [LOOP, SAN_TIN] } };
const fullThere = { area: { id: SAN_TIN, inside: 60, reserved: 0, soft: 50, hard: 60 } };

/** What an inner passage asks of a class: the facts that hold, then each single failure. */
function innerTable(one: PersonClass, rule: string, failures: readonly Row[]): void {
  table(
    `inner passage · ${one} · across (project's choice)`,
    { line: 'inner', classes: [one], directions: ['across'] },
    [
      ['all hold', { ...covers, escort: 'there' }, { rule, verdict: 'admit' }],
      ...failures.map(
        ([when, changes, then]): Row => [when, { ...covers, escort: 'there', ...changes }, then],
      ),
    ],
  );
}

function innerFailures(rule: string): Record<string, Row> {
  const refer = { rule, verdict: 'refer' as const };
  const refuse = { rule, verdict: 'refuse' as const };
  const ended = { permit: { ...covers.permit, validToMs: NOON } };
  const early = { permit: { ...covers.permit, hours: { fromMinute: 0, toMinute: 60 } } };
  const stopped = { suspended: { person: true, permit: false, enterprise: false } };
  return {
    expired: ['expired', ended, { ...refuse, reasons: ['permit-valid/expired'] }],
    area: [
      'another area',
      { permit: PASS },
      { ...refer, reasons: ['permit-covers-area/not-covered'] },
    ],
    hours: ['outside the hours', early, { ...refer, reasons: ['within-hours/outside'] }],
    suspended: ['suspended', stopped, { ...refuse, reasons: ['not-suspended/person'] }],
    listed: ['watch-listed', listed, { ...refer, reasons: ['not-watchlisted/listed'] }],
    there: [
      'already there',
      { presence: at(SAN_TIN) },
      { ...refer, reasons: ['not-already-inside/already-inside'] },
    ],
    full: ['no room', fullThere, { ...refer, reasons: ['area-has-room/full'] }],
    lane: [
      'a lane for goods',
      { laneTakes: ['consignment'] },
      { ...refer, reasons: ['lane-takes/not-this-kind'] },
    ],
    alone: ['alone', { escort: 'none' }, { ...refer, reasons: ['escorted/no-escort'] }],
  };
}

const INNER: readonly (readonly [PersonClass, string, readonly string[]])[] = [
  [
    'special-pass',
    'inner-special-pass',
    ['expired', 'area', 'hours', 'suspended', 'listed', 'there', 'full', 'lane'],
  ],
  ['hk-resident', 'inner-hk-resident', ['suspended', 'listed', 'there', 'full', 'lane']],
  [
    'mainland-visitor',
    'inner-visitors',
    ['expired', 'area', 'suspended', 'listed', 'there', 'full', 'lane'],
  ],
  [
    'other-visitor',
    'inner-visitors',
    ['expired', 'area', 'suspended', 'listed', 'there', 'full', 'lane'],
  ],
  ['official', 'inner-official', ['expired', 'suspended', 'lane']],
  ['escorted-visitor', 'inner-escorted-visitor', ['expired', 'suspended', 'full', 'lane', 'alone']],
];
for (const [one, rule, names] of INNER) {
  const failures = innerFailures(rule);
  innerTable(
    one,
    rule,
    names.map((name) => {
      const row = failures[name];
      if (row === undefined) throw new Error(`no failure is called ${name}`);
      return row;
    }),
  );
}

table(
  "inner passage · unidentified and other regimes' classes · across: refer (project's choice)",
  {
    line: 'inner',
    classes: ['roster-member', 'innovator', 'macao-resident'],
    directions: ['across'],
  },
  [['all in order', covers, { rule: 'inner-other-regimes', verdict: 'refer' }]],
);
table(
  'inner passage · unidentified · across: refer',
  { line: 'inner', classes: ['unidentified'], directions: ['across'] },
  [
    [
      'an unknown badge',
      { permit: null },
      { rule: 'inner-unidentified', verdict: 'refer', reasons: ['permit-valid/no-permit'] },
    ],
  ],
);
