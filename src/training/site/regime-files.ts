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
