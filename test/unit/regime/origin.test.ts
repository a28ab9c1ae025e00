import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type OriginAccount,
  type OriginInput,
  type OriginSetting,
  originAccount,
} from '../../../src/shared/regime/origin.ts';
import { anyOrigin } from './any-goods.ts';
import { CONTENT } from './given-goods.ts';

const SETTING: OriginSetting = {
  withMainland: { buildUpPercent: 30, buildDownPercent: 40 },
  withoutMainland: { buildUpPercent: 15, buildDownPercent: 20 },
  partnerSharePercent: 0,
};

function account(changes: Partial<OriginInput>, setting: Partial<OriginSetting> = {}) {
  const made = originAccount({ ...CONTENT, ...changes }, { ...SETTING, ...setting });
  if (!made.ok) throw new Error(made.fault.text);
  return made.value;
}

/** `method, mainland counted, partners counted: percent`, as an officer reads the eight lines. */
function lines({ figures }: OriginAccount): string[] {
  return figures.map(({ method, withMainland, withPartners, arithmetic, holds }) => {
    const counted = `${withMainland ? 'M' : '-'}${withPartners ? 'P' : '-'}`;
    const said = holds === null ? '' : holds ? ' holds' : ' fails';
    return `${method} ${counted} ${arithmetic}${said}`;
  });
}

describe('worked by hand', () => {
  test('without a share for partners: all eight figures', () => {
    // 10,000.00 sold; local 2,000.00, mainland 1,500.00, partners 1,000.00, others 2,000.00,
    // labour 1,000.00, development 500.00.
    expect(lines(account({}))).toEqual([
      'build-up MP (2000.00 + 1500.00 + 0.00 + 1000.00 + 500.00) / 10000.00 = 50.00 % holds',
      'build-up M- (2000.00 + 1500.00 + 1000.00 + 500.00) / 10000.00 = 50.00 %',
      'build-up -P (2000.00 + 0.00 + 1000.00 + 500.00) / 10000.00 = 35.00 %',
      'build-up -- (2000.00 + 1000.00 + 500.00) / 10000.00 = 35.00 % holds',
      'build-down MP (10000.00 - 2000.00 - 1000.00) / 10000.00 = 70.00 % holds',
      'build-down M- (10000.00 - 2000.00 - 1000.00) / 10000.00 = 70.00 %',
      'build-down -P (10000.00 - 2000.00 - 1000.00 - 1500.00) / 10000.00 = 55.00 %',
      'build-down -- (10000.00 - 2000.00 - 1000.00 - 1500.00) / 10000.00 = 55.00 % holds',
    ]);
    expect(account({}).metBy).toBe('build-up');
  });

  test('with half of the partners’ materials counted', () => {
    const half = account({}, { partnerSharePercent: 50 });
    expect(lines(half).filter((line) => line.includes('P '))).toEqual([
      'build-up MP (2000.00 + 1500.00 + 500.00 + 1000.00 + 500.00) / 10000.00 = 55.00 % holds',
      'build-up -P (2000.00 + 500.00 + 1000.00 + 500.00) / 10000.00 = 40.00 %',
      'build-down MP (10000.00 - 2000.00 - 500.00) / 10000.00 = 75.00 % holds',
      'build-down -P (10000.00 - 2000.00 - 500.00 - 1500.00) / 10000.00 = 60.00 %',
    ]);
  });

  const bare = { labourCents: 0, developmentCents: 0, partnersCents: 0 };

  test('the mainland’s materials alone do not carry it: the added condition fails', () => {
    // 14.99 % of its own and 15.01 % of the mainland's; all else comes from elsewhere.
    const made = account({
      ...{ ...bare, hongKongCents: 149_900, mainlandCents: 150_100, othersCents: 700_000 },
    });
    expect(lines(made).filter((line) => /holds|fails/.test(line))).toEqual([
      'build-up MP (1499.00 + 1501.00 + 0.00 + 0.00 + 0.00) / 10000.00 = 30.00 % holds',
      'build-up -- (1499.00 + 0.00 + 0.00) / 10000.00 = 14.99 % fails',
      'build-down MP (10000.00 - 7000.00 - 0.00) / 10000.00 = 30.00 % fails',
      'build-down -- (10000.00 - 7000.00 - 0.00 - 1501.00) / 10000.00 = 14.99 % fails',
    ]);
    expect(made.metBy).toBeNull();
  });

  test('at the floor it is met, a cent below it is not, and never looks as if it were', () => {
    const at = { ...bare, hongKongCents: 150_000, mainlandCents: 150_000, othersCents: 700_000 };
    expect(account(at).metBy).toBe('build-up');
    const below = account({ ...at, hongKongCents: 149_999, othersCents: 700_001 });
    expect(below.metBy).toBeNull();
    expect(lines(below)[0]).toContain('(1499.99 + 1500.00 + 0.00 + 0.00 + 0.00)');
    expect(lines(below)[0]).toContain('= 29.99 % fails');
  });

  test('by build-down alone', () => {
    const made = account({ ...bare, hongKongCents: 0, mainlandCents: 0, othersCents: 600_000 });
    expect(made.metBy).toBe('build-down');
    const over = account({ ...bare, hongKongCents: 0, mainlandCents: 0, othersCents: 600_001 });
    expect(over.metBy).toBeNull();
  });

  test('one method must reach both floors: half by each is not enough', () => {
    // Build-up: 32 % with the mainland, 10 % without. Build-down: 39 % and 39 - 22 = 17 %.
    const made = account({
      ...{ ...bare, hongKongCents: 100_000, mainlandCents: 220_000, othersCents: 610_000 },
    });
    expect(made.metBy).toBeNull();
  });

  test('a third of a cent of a share is nobody’s: rounded down', () => {
    const made = account({ partnersCents: 100_001 }, { partnerSharePercent: 33.33 });
    // 100,001 × 33.33 % = 33,330.3333
    expect(made.figures[0]?.terms[2]).toEqual({ what: 'partners', cents: 33_330 });
  });

  test('a share helps towards the first floor only, never towards the added condition', () => {
    const shared = { partnersCents: 500_000, mainlandCents: 0, othersCents: 200_000 };
    const made = account(
      { ...bare, ...shared, hongKongCents: 100_000 },
      { partnerSharePercent: 100 },
    );
    expect(lines(made).filter((line) => /build-up.*(holds|fails)/.test(line))).toEqual([
      'build-up MP (1000.00 + 0.00 + 5000.00 + 0.00 + 0.00) / 10000.00 = 60.00 % holds',
      'build-up -- (1000.00 + 0.00 + 0.00) / 10000.00 = 10.00 % fails',
    ]);
  });
});

describe('what cannot be', () => {
  test.each([
    ['a negative amount', { labourCents: -1 }, 'labourCents'],
    ['half a cent', { mainlandCents: 0.5 }, 'mainlandCents'],
    ['no number', { othersCents: Number.NaN }, 'othersCents'],
    ['more than can be reckoned exactly', { fobCents: 900_000_000_001 }, 'fobCents'],
    ['goods for nothing', { fobCents: 0 }, 'fobCents'],
    ['parts that cost more than the whole', { othersCents: 400_001 }, 'fobCents'],
  ])('%s is refused by its name', (_, changes, where) => {
    const made = originAccount({ ...CONTENT, ...changes }, SETTING);
    expect(made.ok ? null : made.fault).toMatchObject({ code: 'origin-impossible', where });
  });

  test('parts that cost just what the whole does are taken', () => {
    expect(originAccount({ ...CONTENT, othersCents: 400_000 }, SETTING).ok).toBe(true);
  });
});

test('whatever is declared: refused, or eight figures from 0 to 100 % and their floors', () => {
  fc.assert(
    fc.property(anyOrigin, fc.nat({ max: 10_000 }), (input, share) => {
      const setting = { ...SETTING, partnerSharePercent: share / 100 };
      const made = originAccount(input, setting);
      if (!made.ok) return;
      expect(made.value.figures).toHaveLength(8);
      for (const one of made.value.figures) {
        expect(one.hundredths).toBeGreaterThanOrEqual(0);
        expect(one.hundredths).toBeLessThanOrEqual(10_000);
        expect(one.contentCents).toBe(one.terms.reduce((sum, { cents }) => sum + cents, 0));
        const floor = one.floorPercent ?? -1;
        expect(one.holds ?? true).toBe(one.hundredths >= floor * 100);
      }
    }),
    { numRuns: 500 },
  );
});
