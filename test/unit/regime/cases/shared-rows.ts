import type { CaseRow } from './case-table.ts';

/** What holds "as in 1": rows of the buffer zone's table that other regimes take over. */
export const STAFF = (line: 'first' | 'second'): readonly CaseRow[] => [
  [`${line} both official`, '', 'admit'],
  [`${line} in official`, 'expired', 'refuse', 'permit-valid/expired'],
  [`${line} out official`, 'expired', 'admit', 'permit-valid/expired'],
  [`${line} both escorted-visitor`, 'escorted', 'admit'],
  [`${line} both escorted-visitor`, '', 'refer', 'escorted/no-escort'],
  [`${line} in escorted-visitor`, 'escorted suspended', 'refuse', 'not-suspended/person'],
];

const PASS_IN = 'joint-record presence-day due-back';

export const FIRST_PASS: readonly CaseRow[] = [
  ['first in special-pass', '', 'admit', '', PASS_IN],
  ['first in special-pass', 'expired', 'refuse', 'permit-valid/expired'],
  ['first in special-pass', 'revoked', 'refuse', 'permit-valid/revoked'],
  ['first in special-pass', 'suspended', 'refuse', 'not-suspended/person'],
  ['first in special-pass', 'elsewhere', 'refer', 'permit-covers-area/not-covered', PASS_IN],
  ['first in special-pass', 'at-night', 'refer', 'within-hours/outside', PASS_IN],
  ['first in special-pass', 'listed', 'refer', 'not-watchlisted/listed', PASS_IN],
  ['first in special-pass', 'inside', 'refer', 'not-already-inside/already-inside', PASS_IN],
  ['first in special-pass', 'full', 'refer', 'area-has-room/full', PASS_IN],
  [
    'first in special-pass',
    'no-consent',
    'refer',
    'consent-to-joint-inspection/not-given',
    PASS_IN,
  ],
  ['first out special-pass', '', 'admit', '', 'joint-record'],
  ['first out special-pass', 'listed', 'refer', 'not-watchlisted/listed', 'joint-record'],
  ['first out special-pass', 'expired', 'admit', 'permit-valid/expired', 'joint-record'],
];

export const FIRST_ORDINARY: readonly CaseRow[] = [
  ['first both hk-resident', 'cleared', 'admit'],
  ['first both mainland-visitor', 'cleared', 'admit'],
  ['first both other-visitor', '', 'refer', 'clearance-granted/none'],
  ['first in mainland-visitor', 'clearance-over', 'refer', 'clearance-granted/ended'],
  ['first both unidentified', 'nobody', 'refer', 'permit-valid/no-permit'],
];

export const SECOND_PASS: readonly CaseRow[] = [
  ['second both special-pass', 'cleared', 'admit'],
  ['second out special-pass', '', 'refer', 'clearance-granted/none'],
  ['second in special-pass', 'cleared expired', 'refuse', 'permit-valid/expired'],
  ['second out special-pass', 'cleared expired', 'admit', 'permit-valid/expired'],
];

export const SECOND_PERSONS: readonly CaseRow[] = [
  ...SECOND_PASS,
  ['second both mainland-visitor', 'cleared', 'admit'],
  ['second both mainland-visitor', '', 'refer', 'clearance-granted/none'],
  ['second both other-visitor', 'cleared', 'admit'],
  ['second both hk-resident', '', 'admit'],
  ['second both hk-resident', 'listed', 'refer', 'not-watchlisted/listed'],
  ['second both unidentified', 'nobody', 'refer', 'permit-valid/no-permit'],
];

export const SECOND_GOODS: readonly CaseRow[] = [
  ['second both registered-enterprise', '', 'admit'],
  ['second both research', '', 'admit'],
  ['second both general', 'undeclared', 'refer', 'declaration-cleared/none'],
  ['second in unregistered', 'filed', 'refer', 'declaration-cleared/filed'],
  ['second out zone-origin', '', 'admit'],
];

const ORIGIN_OUT = 'vat-deferral inspection-exempt';

export const FIRST_GOODS: readonly CaseRow[] = [
  ['first out zone-origin', '', 'admit', '', ORIGIN_OUT],
  ['first out zone-origin', 'combined', 'admit', '', 'import-tax-rate inspection-exempt'],
  ['first out zone-origin', 'uncertified', 'admit', '', 'vat-deferral'],
  ['first out zone-origin', 'foreign', 'refer', 'origin-met/below', ORIGIN_OUT],
  ['first out zone-origin', 'no-content', 'refer', 'origin-met/not-declared', ORIGIN_OUT],
  ['first both general', '', 'admit'],
  ['first both general', 'undeclared', 'refer', 'declaration-cleared/none'],
  ['first both unregistered', 'filed', 'refer', 'declaration-cleared/filed'],
  ['first in general', 'suspended', 'refuse', 'not-suspended/enterprise'],
  ['first out general', 'suspended', 'refer', 'not-suspended/enterprise'],
];
