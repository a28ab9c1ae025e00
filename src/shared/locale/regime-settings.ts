import type { Language } from '../domain/text.ts';
import { decimalText } from '../lib/money.ts';
import type { RegimeSettings } from '../regime/regime-shape.ts';
import { TIER_WORDS } from './regime-goods.ts';
import { PART_DAY_WORDS, periodWords, SETTING_WORDS } from './regime-terms.ts';

/** A regime's figures in words, one line each. */
export function settingLines(settings: RegimeSettings, language: Language): string[] {
  const names = Object.keys(SETTING_WORDS) as (keyof RegimeSettings)[];
  return names.flatMap((name) => {
    const values = valuesOf(settings, name, language);
    if (values === null) return [];
    const words = SETTING_WORDS[name][language];
    return [words.replace(/\{\{(\w+)\}\}/g, (_, key: string) => String(values[key] ?? '?'))];
  });
}

type Values = Readonly<Record<string, string | number>>;

function valuesOf(
  settings: RegimeSettings,
  name: keyof RegimeSettings,
  language: Language,
): Values | null {
  const { origin, vatDeferral, partDayRule, leastTier } = settings;
  switch (name) {
    case 'origin':
      return origin === undefined
        ? null
        : {
            up: origin.withMainland.buildUpPercent,
            down: origin.withMainland.buildDownPercent,
            ownUp: origin.withoutMainland.buildUpPercent,
            ownDown: origin.withoutMainland.buildDownPercent,
            share: origin.partnerSharePercent,
          };
    case 'vatDeferral':
      return vatDeferral === undefined
        ? null
        : { percent: vatDeferral.vatPercent, days: vatDeferral.overdueAfterDays };
    case 'partDayRule':
      return partDayRule === undefined ? null : { value: PART_DAY_WORDS[partDayRule][language] };
    case 'leastTier':
      return leastTier === undefined ? null : { value: TIER_WORDS[leastTier][language] };
    case 'personAllowance': {
      if (settings.personAllowance === undefined) return null;
      const { crossings, every } = settings.personAllowance;
      return { crossings, every: periodWords(every)[language] };
    }
    case 'enterpriseAllowance': {
      if (settings.enterpriseAllowance === undefined) return null;
      const { currency, every, valueCents } = settings.enterpriseAllowance;
      return { currency, every: periodWords(every)[language], value: decimalText(valueCents) };
    }
    default: {
      const value = settings[name];
      return value === undefined ? null : { value };
    }
  }
}
