import type { Words } from './words.ts';

const HUNDRED = 100;
const HOUR_MS = 3_600_000;
const DAY_HOURS = 24;

/** `HKD 1,234.50` of whole cents; a dash where nobody declared them. */
export function moneyText({ number }: Words, cents: number | null, currency: string): string {
  if (cents === null) return '–';
  const size = Math.abs(cents);
  const whole = number((size - (size % HUNDRED)) / HUNDRED);
  const rest = String(size % HUNDRED).padStart(2, '0');
  return `${currency} ${cents < 0 ? '-' : ''}${whole}.${rest}`.trim();
}

/** `9.10 %` of hundredths of a percent. */
export function rateText(hundredths: number | null): string {
  return hundredths === null ? '–' : `${(hundredths / HUNDRED).toFixed(2)} %`;
}

/** Days and hours from a moment to another. */
export function ageText({ t }: Words, sinceMs: number, nowMs: number | null): string {
  if (nowMs === null) return '–';
  const hours = Math.max(0, Math.floor((nowMs - sinceMs) / HOUR_MS));
  return t('goods.days', { n: Math.floor(hours / DAY_HOURS), h: hours % DAY_HOURS });
}

/** Whole cents of an amount as it is typed: `1234.5`, `1,234.50`; null where it is none. */
export function centsOf(typed: string): number | null {
  const plain = typed.replaceAll(',', '').trim();
  if (!/^\d{1,12}(\.\d{1,2})?$/.test(plain)) return null;
  const [whole = '0', part = ''] = plain.split('.');
  return Number(whole) * HUNDRED + Number(part.padEnd(2, '0'));
}
