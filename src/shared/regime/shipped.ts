/** The regimes that the console ships, by the names of their files in `resources/regimes`. */
export const SHIPPED_REGIMES = [
  'cma-buffer-zone',
  'hetao-two-parks',
  'hengqin',
  'xiao-geng-special-zone',
  'zhang-special-passage',
] as const;
export type ShippedRegime = (typeof SHIPPED_REGIMES)[number];

export function isShippedRegime(name: string): name is ShippedRegime {
  return SHIPPED_REGIMES.some((known) => known === name);
}
