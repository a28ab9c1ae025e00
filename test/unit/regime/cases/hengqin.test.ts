import { caseTable } from './case-table.ts';
import { STAFF } from './shared-rows.ts';

const JOINT = 'joint-record';
const REFUND = 'export-refund';
/** Nothing is valid, and nobody has consented. */
const NO_DOCUMENT = 'permit-valid/no-permit consent-to-joint-inspection/no-permit';

caseTable('hengqin', [
  // The first line towards Macao: joint inspection, one release.
  ['first both macao-resident', '', 'admit', '', JOINT],
  ['first both mainland-visitor', '', 'admit', '', JOINT],
  ['first both other-visitor', '', 'admit', '', JOINT],
  ['first both hk-resident', '', 'admit', '', JOINT],
  ['first in macao-resident', 'expired', 'refuse', 'permit-valid/expired'],
  ['first out macao-resident', 'expired', 'admit', 'permit-valid/expired', JOINT],
  ['first in mainland-visitor', 'nobody', 'refuse', NO_DOCUMENT],
  [
    'first both macao-resident',
    'no-consent',
    'refer',
    'consent-to-joint-inspection/not-given',
    JOINT,
  ],
  ...STAFF('first'),
  ['first both unidentified', 'nobody', 'refer', 'permit-valid/no-permit'],
  ['first both special-pass', '', 'refer'],
  ['first both innovator', '', 'refer'],
  // The second line towards the rest of the mainland: mainland persons without restriction.
  ['second both mainland-visitor', '', 'admit'],
  ['second both mainland-visitor', 'expired', 'admit'],
  ['second both macao-resident', '', 'admit'],
  ['second both hk-resident', '', 'admit'],
  ['second both other-visitor', '', 'admit'],
  ['second both official', '', 'admit'],
  ['second both unidentified', 'nobody', 'refer', 'permit-valid/no-permit'],
  // Goods: nearly duty-free at the first line, exported at the second.
  ['first both registered-enterprise', '', 'admit'],
  ['first both registered-enterprise', 'undeclared', 'admit'],
  ['first both general', 'unregistered', 'admit'],
  [
    'first both general',
    'unregistered undeclared',
    'refer',
    'enterprise-registered/not-registered declaration-cleared/none',
  ],
  ['first in research', 'held', 'refuse', 'not-suspended/consignment'],
  ['first both zone-origin', 'foreign', 'admit'],
  ['second in registered-enterprise', '', 'admit', '', REFUND],
  ['second in general', '', 'admit', '', REFUND],
  ['second in unregistered', 'undeclared', 'refer', 'declaration-cleared/none', REFUND],
  ['second out registered-enterprise', '', 'admit'],
  ['second out general', 'filed', 'refer', 'declaration-cleared/filed'],
  ['first both registered', 'driver=macao-resident', 'admit', '', JOINT],
  ['second in registered', 'driver=mainland-visitor', 'admit', '', REFUND],
  [
    'second in registered',
    'driver=mainland-visitor goods-undeclared',
    'refer',
    'declaration-cleared/none',
    REFUND,
  ],
  ['first in other', 'empty driver=macao-resident', 'refer', '', JOINT],
  ['inner across macao-resident', '', 'admit'],
  ['inner across macao-resident', 'listed', 'refer', 'not-watchlisted/listed'],
]);
