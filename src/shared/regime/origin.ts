import { decimalText, hundredthsOf, isAmount, MAX_CENTS, shareOf, wholeOf } from '../lib/money.ts';
import { fail, ok, type Result } from '../lib/result.ts';

/** What a maker declares of one consignment's value, in whole cents. */
export interface OriginInput {
  /** Free on board: what the goods are sold for at the line. */
  readonly fobCents: number;
  readonly labourCents: number;
  readonly developmentCents: number;
  /** Materials by where they originate; `partners` have a trade agreement with either side. */
  readonly hongKongCents: number;
  readonly mainlandCents: number;
  readonly partnersCents: number;
  readonly othersCents: number;
}

export interface ContentFloor {
  readonly buildUpPercent: number;
  readonly buildDownPercent: number;
}

export interface OriginSetting {
  /** What the content must reach with the mainland's materials counted as Hong Kong's. */
  readonly withMainland: ContentFloor;
  /** The added condition: what it must reach without them, and without any partner's share. */
  readonly withoutMainland: ContentFloor;
  /** The share at which partners' materials count as local. */
  readonly partnerSharePercent: number;
}

export type OriginMethod = 'build-up' | 'build-down';
type TermName = 'fob' | 'hong-kong' | 'mainland' | 'partners' | 'others' | 'labour' | 'development';

/** One content by one method, with every term of its sum. */
export interface OriginFigure {
  readonly method: OriginMethod;
  readonly withMainland: boolean;
  readonly withPartners: boolean;
  /** What is added and (negative) taken off; the sum is `contentCents`. */
  readonly terms: readonly { readonly what: TermName; readonly cents: number }[];
  readonly contentCents: number;
  /** The content in hundredths of a percent of the price, rounded down: never shown as reached
   * where it is not. */
  readonly hundredths: number;
  /** What it must reach; null where the figure is shown for comparison only. */
  readonly floorPercent: number | null;
  readonly holds: boolean | null;
  /** `(2000.00 + 1500.00) / 10000.00 = 35.00 %` */
  readonly arithmetic: string;
}

/** All eight figures, and the method by which the origin is met: null = by none. */
export interface OriginAccount {
  readonly figures: readonly OriginFigure[];
  readonly metBy: OriginMethod | null;
}

const METHODS: readonly OriginMethod[] = ['build-up', 'build-down'];

/**
 * Regional value content of one consignment. Build-up: local materials, labour and development over
 * the price. Build-down: the price without foreign materials, over the price. Each with and without
 * the mainland's materials, with and without the partners' share.
 *
 * The origin is met where one method reaches both of its floors: with the mainland and the
 * partners' share, and, as the added condition, without either (CEPA, Goods Agreement, article 11;
 * that partners do not help towards the added condition is this project's choice, since it guards
 * what Hong Kong itself adds). Compared exactly, in whole cents; only what is shown is rounded.
 *
 * Refuses, as `origin-impossible` with the field in `where`, amounts that are no whole cents from 0
 * to `MAX_CENTS`, goods without a price, and parts that cost more than the whole.
 */
export function originAccount(input: OriginInput, setting: OriginSetting): Result<OriginAccount> {
  const wrong = impossible(input);
  if (wrong !== null) return wrong;
  const figures = METHODS.flatMap((method) =>
    [true, false].flatMap((withMainland) =>
      [true, false].map((withPartners) =>
        figure(input, setting, { method, withMainland, withPartners }),
      ),
    ),
  );
  const metBy = METHODS.find((method) =>
    figures.every((one) => one.method !== method || one.holds !== false),
  );
  return ok({ figures, metBy: metBy ?? null });
}

/** The figure that decides of a method: with all that counts, or without mainland and partners. */
export function decidingFigure(
  { figures }: OriginAccount,
  method: OriginMethod,
  counted: 'all' | 'own',
): OriginFigure | undefined {
  const all = counted === 'all';
  return figures.find(
    (one) => one.method === method && one.withMainland === all && one.withPartners === all,
  );
}

function impossible(input: OriginInput): ReturnType<typeof fail> | null {
  const amounts: Readonly<Record<string, number>> = { ...input };
  for (const [name, cents] of Object.entries(amounts)) {
    if (isAmount(cents)) continue;
    const text = `${name} must be whole cents from 0 to ${MAX_CENTS}`;
    return fail('origin-impossible', text, name);
  }
  if (input.fobCents === 0) {
    return fail('origin-impossible', 'goods without a price have no content', 'fobCents');
  }
  const parts = Object.values(amounts).reduce((sum, cents) => sum + cents, 0) - input.fobCents;
  if (parts <= input.fobCents) return null;
  const text =
    'materials, labour and development cost more than the goods: correct the declaration';
  return fail('origin-impossible', text, 'fobCents');
}

type Which = Pick<OriginFigure, 'method' | 'withMainland' | 'withPartners'>;

function figure(input: OriginInput, setting: OriginSetting, which: Which): OriginFigure {
  const terms = (which.method === 'build-up' ? buildUp : buildDown)(input, setting, which);
  const contentCents = terms.reduce((sum, { cents }) => sum + cents, 0);
  const hundredths = wholeOf(contentCents * 10_000, input.fobCents);
  const floorPercent = floorOf(setting, which);
  const holds =
    floorPercent === null
      ? null
      : contentCents * 10_000 >= hundredthsOf(floorPercent) * input.fobCents;
  const sign = which.method === 'build-up' ? ' + ' : ' - ';
  const sum = terms.map(({ cents }) => decimalText(Math.abs(cents))).join(sign);
  const price = decimalText(input.fobCents);
  const arithmetic = `(${sum}) / ${price} = ${decimalText(hundredths)} %`;
  return { ...which, terms, contentCents, hundredths, floorPercent, holds, arithmetic };
}

function buildUp(input: OriginInput, setting: OriginSetting, which: Which): OriginFigure['terms'] {
  const shared = shareOf(input.partnersCents, setting.partnerSharePercent);
  return [
    { what: 'hong-kong', cents: input.hongKongCents },
    ...(which.withMainland ? [{ what: 'mainland' as const, cents: input.mainlandCents }] : []),
    ...(which.withPartners ? [{ what: 'partners' as const, cents: shared }] : []),
    { what: 'labour', cents: input.labourCents },
    { what: 'development', cents: input.developmentCents },
  ];
}

function buildDown(
  input: OriginInput,
  setting: OriginSetting,
  which: Which,
): OriginFigure['terms'] {
  const shared = which.withPartners ? shareOf(input.partnersCents, setting.partnerSharePercent) : 0;
  return [
    { what: 'fob', cents: input.fobCents },
    { what: 'others', cents: 0 - input.othersCents },
    { what: 'partners', cents: shared - input.partnersCents },
    ...(which.withMainland ? [] : [{ what: 'mainland' as const, cents: 0 - input.mainlandCents }]),
  ];
}

function floorOf(setting: OriginSetting, which: Which): number | null {
  if (which.withMainland !== which.withPartners) return null;
  const floors = which.withMainland ? setting.withMainland : setting.withoutMainland;
  return which.method === 'build-up' ? floors.buildUpPercent : floors.buildDownPercent;
}
