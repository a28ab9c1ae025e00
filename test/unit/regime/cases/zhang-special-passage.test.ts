import { type CaseRow, caseTable } from './case-table.ts';
import {
  FIRST_GOODS,
  FIRST_ORDINARY,
  FIRST_PASS,
  SECOND_GOODS,
  SECOND_PASS,
  STAFF,
} from './shared-rows.ts';

const DAY = 'presence-day';

const INNOVATORS: readonly CaseRow[] = [
  // Of any province: on the roster, valid, not watch-listed, tested in time.
  ['first both innovator', '', 'admit', '', DAY],
  ['first both innovator', 'off-roster', 'refer', 'on-roster/not-listed', DAY],
  ['first both innovator', 'no-roster', 'refer', 'on-roster/no-roster', DAY],
  ['first in innovator', 'expired', 'refuse', 'permit-valid/expired'],
  ['first out innovator', 'expired', 'admit', 'permit-valid/expired', DAY],
  ['first both innovator', 'listed', 'refer', 'not-watchlisted/listed', DAY],
  // To the station.
  ['first both innovator', 'untested', 'refer', 'health-test-within/none', DAY],
  ['first both innovator', 'old-test', 'refer', 'health-test-within/too-old', DAY],
  ['first both innovator', 'positive', 'refer', 'health-test-within/positive', DAY],
  [
    'first in innovator',
    'off-roster untested',
    'refer',
    'on-roster/not-listed health-test-within/none',
    DAY,
  ],
  // The second line is shut to them, without referral.
  ['second both innovator', 'cleared', 'refuse'],
  ['second both mainland-visitor', 'cleared', 'refuse'],
];

caseTable('zhang-special-passage', [
  ...INNOVATORS,
  ['second both hk-resident', '', 'admit'],
  ['second both hk-resident', 'untested', 'refer', 'health-test-within/none'],
  ['second both hk-resident', 'old-test', 'refer', 'health-test-within/too-old'],
  ['second both hk-resident', 'listed', 'refer', 'not-watchlisted/listed'],
  ...FIRST_PASS,
  ...FIRST_ORDINARY,
  ...STAFF('first'),
  ['first both roster-member', '', 'refer'],
  ...SECOND_PASS,
  ['second both other-visitor', 'cleared', 'admit'],
  ['second both unidentified', 'nobody', 'refer', 'permit-valid/no-permit'],
  ...STAFF('second'),
  ['first both registered-enterprise', '', 'admit', '', 'post-release-audit'],
  ...FIRST_GOODS,
  ...SECOND_GOODS,
  ['first in registered', 'empty driver=innovator', 'admit', '', DAY],
  [
    'first in registered',
    'empty driver=innovator driver-untested',
    'refer',
    'health-test-within/none',
    DAY,
  ],
  ['second out registered', 'empty driver=innovator', 'refuse'],
  ['inner across innovator', '', 'admit'],
]);
