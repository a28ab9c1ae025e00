import type { VehicleSteps } from '../../../shared/contract/goods-rows.ts';
import { quantile } from '../../../shared/lib/quantile.ts';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { useWords } from '../../words/words.ts';
import { STEPS, secondsText, wholeTimes } from './vehicle-steps.ts';

/** Half of the vehicles, and 19 of 20, took so long at most: at each step and in all. */
export function VehicleTimes({ rows }: { readonly rows: readonly VehicleSteps[] }) {
  const words = useWords();
  const { t, number } = words;
  const passed = wholeTimes(rows);
  if (passed.length === 0) return null;
  const steps = [
    ...STEPS,
    { step: 'whole' as const, ms: ({ wholeMs }: VehicleSteps) => wholeMs },
  ].map(({ step, ms }) => ({
    step,
    took: passed.flatMap((row) => ms(row) ?? []).sort((a, b) => a - b),
  }));
  const at = (share: number) => ({
    figure: true,
    cell: ({ took }: (typeof steps)[number]) => secondsText(words, quantile(took, share)),
  });
  return (
    <Section title={t('goodsCheck.times')}>
      <p className="dim small">{t('goodsCheck.times-text', { n: number(passed.length) })}</p>
      <FigureTable
        label={t('goodsCheck.times')}
        rows={steps}
        keyOf={({ step }) => step}
        columns={[
          { title: t('goodsCheck.step'), cell: ({ step }) => t(`goods.${step}`) },
          { title: t('goodsCheck.median'), ...at(0.5) },
          { title: t('goodsCheck.p95'), ...at(0.95) },
        ]}
      />
    </Section>
  );
}
