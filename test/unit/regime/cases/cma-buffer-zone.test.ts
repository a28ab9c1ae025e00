import { caseTable } from './case-table.ts';
import {
  FIRST_GOODS,
  FIRST_ORDINARY,
  FIRST_PASS,
  SECOND_GOODS,
  SECOND_PERSONS,
  STAFF,
} from './shared-rows.ts';

const AUDIT = 'post-release-audit';
const PASS_IN = 'joint-record presence-day due-back';

caseTable('cma-buffer-zone', [
  ...FIRST_PASS,
  ...FIRST_ORDINARY,
  ...STAFF('first'),
  ['first both roster-member', '', 'refer'],
  ['first both innovator', '', 'refer'],
  ...SECOND_PERSONS,
  ...STAFF('second'),
  // The green lane: every enterprise of the zone counts as an authorised operator.
  ['first both registered-enterprise', '', 'admit', '', AUDIT],
  [
    'first both registered-enterprise',
    'unregistered',
    'refer',
    'enterprise-registered/not-registered',
    AUDIT,
  ],
  ['first both registered-enterprise', 'low-tier', 'refer', 'enterprise-tier/too-low', AUDIT],
  ['first both registered-enterprise', 'broken', 'refer', 'seal-intact/broken', AUDIT],
  ['first in registered-enterprise', 'unsealed', 'refer', 'seal-intact/none', AUDIT],
  ['first in registered-enterprise', 'held', 'refuse', 'not-suspended/consignment'],
  ['first out registered-enterprise', 'held', 'refer', 'not-suspended/consignment', AUDIT],
  [
    'first in registered-enterprise',
    'listed',
    'refer',
    'not-watchlisted/consignment-listed',
    AUDIT,
  ],
  ['first both research', '', 'admit'],
  ['first in research', 'sample', 'admit', '', 'custody'],
  ['first out research', 'returning', 'admit', '', 'custody'],
  ['first in research', 'nobody', 'refer', 'enterprise-registered/no-enterprise'],
  ...FIRST_GOODS,
  ...SECOND_GOODS,
  // Vehicles: the driver's own rule and the goods' rule both admit.
  ['first in registered', '', 'admit', '', `${PASS_IN} ${AUDIT}`],
  ['first in registered', 'empty', 'admit', '', PASS_IN],
  ['first in registered', 'driver-expired', 'refuse', 'permit-valid/expired'],
  ['first in registered', 'goods-broken', 'refer', 'seal-intact/broken', `${PASS_IN} ${AUDIT}`],
  ['first in registered', 'suspended', 'refuse', 'not-suspended/vehicle'],
  [
    'second out registered',
    'driver=hk-resident goods-undeclared',
    'refer',
    'declaration-cleared/none',
  ],
  ['second both registered', 'driver=hk-resident', 'admit'],
  ['first both other', 'driver=hk-resident driver-cleared', 'refer', '', AUDIT],
  ['inner across special-pass', '', 'admit'],
  ['inner across general', '', 'admit'],
  ['inner across general', 'held', 'refuse', 'not-suspended/consignment'],
  ['inner across unregistered', '', 'refer'],
  ['inner across registered', 'listed', 'refer', 'not-watchlisted/vehicle-listed'],
]);
