import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signCode } from '../../../src/main/engine/permit-codes/sign-code.ts';
import { CodeVerifier } from '../../../src/main/engine/permit-codes/verify-code.ts';
import type { QrClaims } from '../../../src/shared/domain/qr-permit.ts';
import { SiteCodes } from '../../../src/shared/domain/site-codes.ts';

const dir = mkdtempSync(join(tmpdir(), 'twoline-codes-'));

/** A key in a file of its own, as the site file names it. */
function key(id: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  writeFileSync(join(dir, id), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  return { id, x: publicKey.export({ format: 'jwk' }).x as string };
}

const [k1, k2] = [key('k1'), key('k2')];
const codesOf = (keys: { id: string; x: string }[], signing = keys[0]?.id ?? '', file = signing) =>
  SiteCodes.parse({ keys, replayMinutes: 10, signing: { key: signing, file, hours: 12 } });

const CLAIMS = {
  ...{ jti: 'SP-1', sub: 'P-1', cls: 'special-pass', nbf: 1_772_000_040, exp: 1_772_003_640 },
} as unknown as QrClaims;

async function signed(claims: unknown = CLAIMS, codes = codesOf([k1])): Promise<string> {
  const made = await signCode(codes, dir, claims as QrClaims);
  if (!made.ok) throw new Error(made.fault.text);
  return made.value.text;
}

const proofOf = async (text: string, codes = codesOf([k1])) => {
  const read = await new CodeVerifier(codes).verify(text);
  return read.ok ? read.value.proof : read.fault.code;
};

/** The code with another payload or header under the same signature. */
function changed(text: string, part: 0 | 1, to: object): string {
  const parts = text.split('.');
  parts[part] = Buffer.from(JSON.stringify(to)).toString('base64url');
  return parts.join('.');
}

describe('a permit’s code', () => {
  test('that an issuer of the site signed is proven, with everything it says', async () => {
    const text = await signed();
    const read = await new CodeVerifier(codesOf([k2, k1])).verify(text);
    expect(read).toEqual({
      ok: true,
      value: {
        ...{ token: expect.stringMatching(/^[0-9a-f]{32}$/), key: 'k1', proof: 'proven' },
        ...{ permit: 'SP-1', person: 'P-1', class: 'special-pass' },
        ...{ validFromMs: 1_772_000_040_000, validToMs: 1_772_003_640_000 },
      },
    });
    // A QR code of version 11 holds 321 bytes at the lower of the usual corrections.
    expect(text.length).toBeLessThan(321);
  });

  test('of a key that the site does not name, or without any key, is of nobody known', async () => {
    const text = await signed(CLAIMS, codesOf([k2]));
    expect(await proofOf(text)).toBe('unknown-key');
    expect((await new CodeVerifier(undefined).verify(text)).ok).toBe(true);
  });

  test('with anything changed is forged, and so is one signed by another key’s owner', async () => {
    const text = await signed();
    const longer = { ...CLAIMS, exp: CLAIMS.exp + 60 };
    expect(await proofOf(changed(text, 1, longer))).toBe('forged');
    const asK1 = changed(await signed(CLAIMS, codesOf([k2])), 0, { alg: 'EdDSA', kid: 'k1' });
    expect(await proofOf(asK1)).toBe('forged');
  });

  test.each([{ alg: 'none', kid: 'k1' }, { alg: 'HS256', kid: 'k1' }, { kid: 'k1' }])(
    'chooses no other signature: %j is forged',
    async (header) => {
      const text = changed(await signed(), 0, header);
      expect(await proofOf(text)).toBe('forged');
      expect(await proofOf(`${text.split('.').slice(0, 2).join('.')}.`)).toBe('forged');
    },
  );

  test.each([
    ['seconds in its time', { ...CLAIMS, exp: CLAIMS.exp + 1 }],
    ['an unknown class', { ...CLAIMS, cls: 'king' }],
    ['more than it may say', { ...CLAIMS, admit: true }],
    ['no permit', { ...CLAIMS, jti: undefined }],
  ])('with %s is none, whoever signed it', async (_, claims) => {
    const text = changed(await signed(), 1, claims);
    expect(await proofOf(text)).toBe('not-a-permit');
  });

  test('whose signature is written in another way is the same code: shown twice', async () => {
    const text = await signed();
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const others = Array.from(letters, (letter) => text.slice(0, -1) + letter);
    const verifier = new CodeVerifier(codesOf([k1]));
    const read = await Promise.all(others.map((one) => verifier.verify(one)));
    const proven = read.flatMap((one) =>
      one.ok && one.value.proof === 'proven' ? [one.value] : [],
    );
    expect(proven.length).toBeGreaterThan(1);
    expect(new Set(proven.map(({ token }) => token)).size).toBe(1);
  });

  test('no text whatever makes it throw', async () => {
    const good = await signed();
    const [header = '', payload = ''] = good.split('.');
    const bitten = fc
      .tuple(fc.nat({ max: good.length }), fc.string({ maxLength: 4 }))
      .map(([at, put]) => good.slice(0, at) + put + good.slice(at + put.length));
    // What is no text of a code, and what is one with any value in place of any of its own.
    const value = fc.oneof(fc.integer(), fc.string({ maxLength: 8 }), fc.constant(null));
    const names = fc.constantFrom(...Object.keys(CLAIMS), 'kid', '__proto__');
    const other = fc.tuple(names, value).map(([name, to]) => {
      const part = Buffer.from(JSON.stringify({ ...CLAIMS, [name]: to })).toString('base64url');
      return name === 'kid' ? `${part}.${payload}.` : `${header}.${part}.`;
    });
    const any = fc.oneof(fc.string({ maxLength: 60 }), bitten, other);
    // Of no key of the site: all of it is read, and no signature is looked at.
    const verifier = new CodeVerifier(undefined);
    let codes = 0;
    await fc.assert(
      fc.asyncProperty(any, async (text) => {
        const read = await verifier.verify(text);
        if (!read.ok) return read.fault.code === 'not-a-permit';
        codes += 1;
        return read.value.proof === 'unknown-key';
      }),
      { numRuns: 100_000, seed: 4 },
    );
    expect(codes).toBeGreaterThan(10_000);
  }, 60_000);

  test('no signature whatever makes it throw, or proves what it does not sign', async () => {
    const good = await signed();
    const [head, sign = ''] = [good.slice(0, good.lastIndexOf('.') + 1), good.split('.')[2]];
    const verifier = new CodeVerifier(codesOf([k1]));
    const of64 = fc.uint8Array({ minLength: 64, maxLength: 64 });
    const signature = fc.oneof(
      of64.map((bytes) => Buffer.from(bytes).toString('base64url')),
      fc.string({ maxLength: 100 }),
      fc.nat({ max: sign.length - 2 }).map((at) => `${sign.slice(0, at)}${sign.slice(at + 1)}`),
    );
    await fc.assert(
      fc.asyncProperty(signature, async (text) => {
        const read = await verifier.verify(head + text);
        return read.ok ? read.value.proof === 'forged' : read.fault.code === 'not-a-permit';
      }),
      { numRuns: 10_000, seed: 4 },
    );
  }, 60_000);
});

describe('a signing key', () => {
  const fault = async (codes: SiteCodes | undefined) => {
    const made = await signCode(codes, dir, CLAIMS);
    return made.ok ? 'ok' : made.fault.code;
  };

  test('that is missing, unreadable or another one is named', async () => {
    expect(await fault(undefined)).toBe('no-signing-key');
    expect(await fault(codesOf([k1], 'k1', 'nowhere'))).toBe('signing-key-unreadable');
    writeFileSync(join(dir, 'rubbish'), 'rubbish');
    expect(await fault(codesOf([k1], 'k1', 'rubbish'))).toBe('signing-key-unreadable');
    expect(await fault(codesOf([k1], 'k1', 'k2'))).toBe('signing-key-other');
  });

  test('must be one of the keys that lanes take', () => {
    expect(() => codesOf([k1], 'k2')).toThrow('would be taken nowhere');
    expect(() => codesOf([k1, { ...k2, id: 'k1' }])).toThrow('two keys have the same id');
  });
});
