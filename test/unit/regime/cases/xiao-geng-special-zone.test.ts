import { caseTable } from './case-table.ts';
import {
  FIRST_GOODS,
  FIRST_ORDINARY,
  FIRST_PASS,
  SECOND_GOODS,
  SECOND_PERSONS,
  STAFF,
} from './shared-rows.ts';

const STARTS = 'joint-record presence-day';
const FILED = 'post-release-audit file-with:mainland';

caseTable('xiao-geng-special-zone', [
  // Set a second line, relax the first: mainland scientists and partners.
  ['first both innovator', '', 'admit', '', STARTS],
  ['first in innovator', 'expired', 'refuse', 'permit-valid/expired'],
  ['first out innovator', 'expired', 'admit', 'permit-valid/expired', STARTS],
  ['first in innovator', 'revoked', 'refuse', 'permit-valid/revoked'],
  ['first both innovator', 'listed', 'refer', 'not-watchlisted/listed', STARTS],
  ['first both innovator', 'off-roster untested', 'admit', '', STARTS],
  ...FIRST_PASS,
  ...FIRST_ORDINARY,
  ...STAFF('first'),
  ['first both roster-member', '', 'refer'],
  ['first both macao-resident', '', 'refer'],
  ...SECOND_PERSONS,
  ...STAFF('second'),
  ['second both innovator', 'cleared', 'admit'],
  ['second both innovator', '', 'refer', 'clearance-granted/none'],
  // Enterprises that work beyond the line are filed with the mainland.
  ['first both registered-enterprise', '', 'admit', '', FILED],
  ['first both registered-enterprise', 'broken', 'refer', 'seal-intact/broken', FILED],
  ['first both research', '', 'admit', '', 'file-with:mainland'],
  ['first in research', 'sample', 'admit', '', 'custody file-with:mainland'],
  ...FIRST_GOODS,
  ...SECOND_GOODS,
  ['first in registered', 'driver=innovator', 'admit', '', `${STARTS} ${FILED}`],
  ['inner across innovator', '', 'admit'],
]);
