import type { QueryInput } from '../../shared/contract/queries.ts';
import { useEvery } from '../live/use-every.ts';
import { useQuery } from '../live/use-query.ts';
import { Marked } from '../ui/badges.tsx';
import { Facts } from '../ui/facts.tsx';
import { Section } from '../ui/screen.tsx';
import { ErrorBox } from '../ui/states.tsx';
import { moneyText } from '../words/amounts.ts';
import { useWords, type Words } from '../words/words.ts';

/** What counts moves at a gate: it is asked for this often. */
const ASK_MS = 15_000;

/** So many crossings, or so much money where the allowance is one of goods. */
export function amountText(words: Words, amount: number, currency: string | null): string {
  if (currency !== null) return moneyText(words, amount, currency);
  return words.t('allowance.crossings', { n: words.number(amount) });
}

/** What is left of an allowance in this period; nothing where the regime in force sets none. */
export function AllowanceLeft({ id, of }: QueryInput<'allowance.left'>) {
  const words = useWords();
  const { t, dayTime } = words;
  const { again, data, fault } = useQuery('allowance.left', { of, id });
  useEvery(ASK_MS, again);
  if (fault !== null) return <ErrorBox fault={fault} onRetry={again} />;
  if (!data?.allowance) return null;
  const { currency, fromMs, left, most, used } = data.allowance;
  const rest = amountText(words, left, currency);
  return (
    <Section title={t(`allowance.${of}`)}>
      <Facts
        facts={[
          [t('allowance.used'), amountText(words, used, currency)],
          [t('allowance.most'), amountText(words, most, currency)],
          [
            t('allowance.left'),
            left > 0 ? (
              rest
            ) : (
              <Marked key="left" tone="p2">
                {t('allowance.none', { left: rest })}
              </Marked>
            ),
          ],
          [t('allowance.since'), dayTime(fromMs).slice(0, 10)],
        ]}
      />
    </Section>
  );
}
