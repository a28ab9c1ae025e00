import type { VehicleSteps } from '../../../shared/contract/goods-rows.ts';
import type { Words } from '../../words/words.ts';

/** What a vehicle may take from its first read to its end, and what the best ports reach. */
export const BAR_MS = 100_000;
export const BEST_MS = 50_000;

/** The steps of a vehicle at its lane, in their order. */
export const STEPS = [
  { step: 'pairing', ms: (row: VehicleSteps) => row.pairingMs },
  { step: 'deciding', ms: (row: VehicleSteps) => row.decidingMs },
  { step: 'opening', ms: (row: VehicleSteps) => row.openingMs },
  { step: 'passing', ms: (row: VehicleSteps) => row.passingMs },
] as const;

const STATES = [
  ...(['asked', 'referred', 'refused', 'admitted', 'opened', 'passed'] as const),
  ...(['not-taken', 'unknown'] as const),
] as const;

export function isKnownState(state: string): state is (typeof STATES)[number] {
  return STATES.some((one) => one === state);
}

/** Those that went through, of which the whole time is known. */
export function wholeTimes(rows: readonly VehicleSteps[]): readonly VehicleSteps[] {
  return rows.filter(({ state, wholeMs }) => state === 'passed' && wholeMs !== null);
}

/** Seconds with one decimal; a dash where the step was not reached. */
export function secondsText({ t }: Words, ms: number | null): string {
  return ms === null ? '–' : t('goods.seconds', { n: (ms / 1_000).toFixed(1) });
}
