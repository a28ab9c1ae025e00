/**
 * Money in whole cents, shares in whole hundredths of a percent: all exact, since an amount times a
 * share stays below 2^53.
 */
export const MAX_CENTS = 900_000_000_000;

export function isAmount(cents: number): boolean {
  return Number.isInteger(cents) && cents >= 0 && cents <= MAX_CENTS;
}

/** Hundredths of a percent; a percentage has at most two decimals. */
export function hundredthsOf(percent: number): number {
  return Math.round(percent * 100);
}

/** The whole part of `a / b`, exact for whole numbers below 2^53; `a` not negative. */
export function wholeOf(a: number, b: number): number {
  return (a - (a % b)) / b;
}

/** A share of an amount, rounded down to the cent. */
export function shareOf(cents: number, percent: number): number {
  return wholeOf(cents * hundredthsOf(percent), 10_000);
}

/** A tax on an amount, rounded half up to the cent. */
export function taxOf(cents: number, percent: number): number {
  return wholeOf(cents * hundredthsOf(percent) + 5_000, 10_000);
}

/** `1234.50` of 123450 hundredths of whatever. */
export function decimalText(hundredths: number): string {
  const sign = hundredths < 0 ? '-' : '';
  const size = Math.abs(hundredths);
  return `${sign}${wholeOf(size, 100)}.${String(size % 100).padStart(2, '0')}`;
}
