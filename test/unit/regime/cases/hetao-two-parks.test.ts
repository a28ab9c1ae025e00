import { caseTable } from './case-table.ts';
import { SECOND_GOODS, SECOND_PERSONS, STAFF } from './shared-rows.ts';

const STARTS = 'joint-record presence-day';

caseTable('hetao-two-parks', [
  // Tenants and researchers of either park go to and fro over the bridge.
  ['first both roster-member', '', 'admit', '', STARTS],
  ['first both roster-member', 'off-roster', 'refer', 'on-roster/not-listed', STARTS],
  ['first both roster-member', 'struck-off', 'refer', 'on-roster/ended', STARTS],
  ['first in roster-member', 'no-roster', 'refer', 'on-roster/no-roster', STARTS],
  ['first in roster-member', 'expired', 'refuse', 'permit-valid/expired'],
  ['first out roster-member', 'expired', 'admit', 'permit-valid/expired', STARTS],
  ['first in roster-member', 'suspended', 'refuse', 'not-suspended/person'],
  ['first out roster-member', 'suspended', 'refer', 'not-suspended/person', STARTS],
  ['first both roster-member', 'listed', 'refer', 'not-watchlisted/listed', STARTS],
  ['first in roster-member', 'inside', 'refer', 'not-already-inside/already-inside', STARTS],
  ...STAFF('first'),
  // Every other class: refuse.
  ['first both special-pass', '', 'refuse'],
  ['first both hk-resident', 'cleared', 'refuse'],
  ['first both mainland-visitor', 'cleared', 'refuse'],
  ['first both other-visitor', 'cleared', 'refuse'],
  ['first both innovator', '', 'refuse'],
  ['first both macao-resident', '', 'refuse'],
  ['first both unidentified', 'nobody', 'refuse'],
  ['first both research', '', 'admit'],
  ['first both research', 'sample', 'admit', '', 'custody'],
  ['first both research', 'returning', 'admit', '', 'custody'],
  ['first both research', 'off-roster', 'refer', 'on-roster/not-listed'],
  ['first in research', 'held', 'refuse', 'not-suspended/consignment'],
  ['first both registered-enterprise', '', 'refuse'],
  ['first both general', '', 'refuse'],
  ['first both registered', 'empty driver=roster-member', 'refuse'],
  // The second line is as in the buffer zone; the parks' own people as pass holders there.
  ...SECOND_PERSONS,
  ...STAFF('second'),
  ['second both roster-member', 'cleared', 'admit'],
  ['second both roster-member', '', 'refer', 'clearance-granted/none'],
  ['second in roster-member', 'cleared off-roster', 'refer', 'on-roster/not-listed'],
  ['second out roster-member', 'cleared off-roster', 'admit'],
  ...SECOND_GOODS,
  ['second both registered', 'driver=hk-resident', 'admit'],
  ['inner across roster-member', '', 'admit'],
  ['inner across innovator', '', 'refer'],
]);
