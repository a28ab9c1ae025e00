import { Credential } from '../../../../shared/domain/credential.ts';
import type { BadgeText } from '../../../../shared/domain/site-reader.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import {
  type BadgeRules,
  badgeOf,
  badgeOfFillerByte,
  badgeOfSentinels,
  credentialOfBadge,
  credentialOfCsn,
} from '../../../../shared/wire/badges.ts';
import { NO_BADGE } from './texts.ts';

const noBadge = () => fail('text', NO_BADGE);

/** More digits than any badge has. */
const MOST_DIGITS = 40;

/** The badge behind a number that a reader gives as text. Faults: `text`, and a badge's own. */
export function credentialOfText(
  text: string,
  how: BadgeText,
  rules: BadgeRules,
): Result<Credential> {
  if (text.length > MOST_DIGITS) return noBadge();
  switch (how.as) {
    case 'decimal':
      return /^\d+$/.test(text) ? ofNumber(BigInt(text), how.bits, rules) : noBadge();
    case 'hex':
      return isHex(text) ? ofNumber(BigInt(`0x${text}`), how.bits, rules) : noBadge();
    case 'filler-hex': {
      const bytes = bytesOf(text);
      const badge = bytes === null ? noBadge() : badgeOfFillerByte(bytes);
      return badge.ok ? credentialOfBadge(badge.value, rules) : badge;
    }
    case 'sentinel-hex': {
      const badge = isHex(text) ? badgeOfSentinels(BigInt(`0x${text}`)) : noBadge();
      return badge.ok ? credentialOfBadge(badge.value, rules) : badge;
    }
    case 'csn-hex': {
      const bytes = bytesOf(text);
      return bytes === null ? noBadge() : credentialOfCsn(bytes);
    }
    case 'facility-card': {
      const { separator, facilityDigits } = how;
      const parts = separator === undefined ? [text] : text.split(separator);
      const at = facilityDigits ?? 0;
      const [facility, card, more] =
        separator === undefined ? [text.slice(0, at), text.slice(at)] : parts;
      return more === undefined ? ofParts(how.format, facility, card) : noBadge();
    }
    case 'card':
      return how.facility === undefined
        ? ofParts(how.format, text)
        : ofParts(how.format, String(how.facility), text);
  }
}

const isHex = (text: string): boolean => /^[0-9a-f]+$/i.test(text);

function bytesOf(text: string): Uint8Array | null {
  if (!isHex(text) || text.length % 2 !== 0) return null;
  const pairs = text.match(/../g) ?? [];
  return Uint8Array.from(pairs.map((pair) => Number.parseInt(pair, 16)));
}

/** A badge's bits as one number; where their count is not stated, a number without a format. */
function ofNumber(value: bigint, bits: number | undefined, rules: BadgeRules): Result<Credential> {
  if (bits !== undefined) {
    return value >> BigInt(bits) === 0n ? credentialOfBadge({ value, bits }, rules) : noBadge();
  }
  const raw = Credential.safeParse(`raw/${value}`);
  return raw.success ? ok(raw.data) : noBadge();
}

/** Numbers that a reader gives without parities: they must fit their format. */
function ofParts(format: string, ...numbers: readonly (string | undefined)[]): Result<Credential> {
  if (!numbers.every((number) => number !== undefined && /^\d+$/.test(number))) return noBadge();
  const key = [format, ...numbers.map((number) => BigInt(number ?? 0))].join('/');
  const credential = Credential.safeParse(key);
  if (!credential.success || badgeOf(credential.data) === null) return noBadge();
  return ok(credential.data);
}
