import { AreaId } from '../../shared/domain/ids.ts';
import type { VirtualArea } from '../../shared/domain/virtual-area.ts';
import type { ShippedRegime } from '../../shared/regime/shipped.ts';

/** What a regime asks for beside permits and clearances, by its dataset. */
export const REGIME_FILES = { rosters: 'rosters.csv', 'health-tests': 'health-tests.csv' } as const;
export type RegimeDataset = keyof typeof REGIME_FILES;

/** Which of them each regime asks for. */
export const ASKED_FOR: Readonly<Record<ShippedRegime, readonly RegimeDataset[]>> = {
  'cma-buffer-zone': [],
  'hetao-two-parks': ['rosters'],
  hengqin: [],
  'xiao-geng-special-zone': [],
  'zhang-special-passage': ['rosters', 'health-tests'],
};

/** The datasets that a regime asks for; the zone writes these and no others. */
export function datasetsOf(regime: ShippedRegime = 'cma-buffer-zone') {
  return Object.fromEntries(ASKED_FOR[regime].map((name) => [name, REGIME_FILES[name]]));
}

/** The area without gates across the river that one of the regimes has. */
export function virtualAreasOf(regime: ShippedRegime = 'cma-buffer-zone'): VirtualArea[] {
  if (regime !== 'xiao-geng-special-zone') return [];
  const name = { 'zh-HK': '深圳虛擬園區', 'zh-CN': '深圳虚拟园区', en: 'Virtual area in Shenzhen' };
  const id = AreaId.parse('virtual-shenzhen');
  return [{ id, name, filedWith: 'mainland', answerWithinDays: 5 }];
}
