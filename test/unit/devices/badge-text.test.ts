import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { credentialOfText } from '../../../src/main/engine/devices/usb/badge-text.ts';
import { Credential } from '../../../src/shared/domain/credential.ts';
import type { BadgeText } from '../../../src/shared/domain/site-reader.ts';

const decimal = { as: 'decimal' } as const;
const hex = { as: 'hex' } as const;
const filler = { as: 'filler-hex' } as const;
const sentinel = { as: 'sentinel-hex' } as const;
const csn = { as: 'csn-hex' } as const;
const colon = { as: 'facility-card', format: 'h10301', separator: ':' } as const;
const three = { as: 'facility-card', format: 'h10301', facilityDigits: 3 } as const;

describe('what a reader gives for a badge', () => {
  test.each<[string, BadgeText, string]>([
    ['0012345678', decimal, 'raw/12345678'],
    ['49685422', { ...decimal, bits: 26 }, 'h10301/123/4567'],
    ['BC614E', hex, 'raw/12345678'],
    ['2f623ae', { ...hex, bits: 26 }, 'h10301/123/4567'],
    ['0605025240', filler, 'h10301/10/1188'],
    ['06bd88eb80', filler, 'h10301/123/4567'],
    ['2006F623AE', sentinel, 'h10301/123/4567'],
    ['04A1B2C3D4E580', csn, 'csn/04A1B2C3D4E580'],
    ['123:4567', colon, 'h10301/123/4567'],
    ['12304567', three, 'h10301/123/4567'],
    ['00118-001603', { ...colon, format: 'h10304', separator: '-' }, 'h10304/118/1603'],
    ['123456789', { as: 'card', format: 'h10302' }, 'h10302/123456789'],
    ['01603', { as: 'card', format: 'c1000-35', facility: 118 }, 'c1000-35/118/1603'],
  ])('%s as %j', (text, how, credential) => {
    expect(credentialOfText(text, how, {})).toEqual({ ok: true, value: credential });
  });

  test.each<[string, BadgeText, string]>([
    ['12A4', decimal, 'text'],
    ['', decimal, 'text'],
    ['9'.repeat(41), decimal, 'text'],
    ['9'.repeat(21), decimal, 'text'],
    ['67108864', { ...decimal, bits: 26 }, 'text'],
    ['49685423', { ...decimal, bits: 26 }, 'parity'],
    ['0x12', hex, 'text'],
    ['0605025241', filler, 'container'],
    ['605025240', filler, 'text'],
    ['0605025260', filler, 'container'],
    ['0605025200', filler, 'parity'],
    ['4000000000', sentinel, 'container'],
    ['xyz', sentinel, 'text'],
    ['04A1B2', csn, 'bad-length'],
    ['04A1B2C', csn, 'text'],
    ['123:4567:8', colon, 'text'],
    ['1234567', colon, 'text'],
    ['256:1', colon, 'text'],
    ['1:65536', colon, 'text'],
    ['123', three, 'text'],
    ['1 304567', three, 'text'],
    ['34359738368', { as: 'card', format: 'h10302' }, 'text'],
    ['1', { as: 'card', format: 'h10301' }, 'text'],
    ['1', { as: 'card', format: 'h10302', facility: 1 }, 'text'],
  ])('%s as %j is refused: %s', (text, how, code) => {
    expect(credentialOfText(text, how, {})).toMatchObject({ fault: { code } });
  });

  test('37 bits go by what the site says', () => {
    const bits37 = { ...hex, bits: 37 } as const;
    const read = credentialOfText('1007600C86', bits37, { badges37: 'h10304' });
    expect(read).toEqual({ ok: true, value: 'h10304/118/1603' });
  });
});

test('no text whatever makes it throw, or gives what is no credential', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 50 }),
    fc.stringMatching(/^[0-9A-F]{0,44}$/),
    fc.stringMatching(/^\d{0,8}:\d{0,8}$/),
  );
  const how = fc.constantFrom<BadgeText>(
    ...[decimal, { ...hex, bits: 26 }, hex, filler, sentinel, csn, colon, three],
    ...[{ as: 'card', format: 'h10302' } as const],
  );
  fc.assert(
    fc.property(text, how, (any, one) => {
      const read = credentialOfText(any, one, { badges37: 'h10302' });
      if (read.ok && !Credential.safeParse(read.value).success) throw new Error(read.value);
    }),
    { numRuns: 100_000 },
  );
});
