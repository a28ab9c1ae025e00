import type { QueryOutput } from '../../../shared/contract/queries.ts';
import { moneyText, rateText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';
import { Declared, PanelTable } from './parts.tsx';

type Of = Pick<QueryOutput<'goods.enterprise'>, 'refunds' | 'importTaxes' | 'exempted'>;

/** What passages made refundable, due at the combined rate, or exempt from inspection. */
export function Dues({ of }: { readonly of: Of }) {
  const words = useWords();
  const { t, dayTime } = words;
  const consignment = {
    title: t('goods.consignment'),
    cell: (row: { readonly consignment: string }) => <span className="id">{row.consignment}</span>,
  };
  const passed = {
    title: t('goods.passed'),
    figure: true,
    cell: (row: { readonly atMs: number }) => dayTime(row.atMs),
  };
  const keyOf = (row: { readonly crossing: string; readonly consignment: string }) =>
    `${row.crossing} ${row.consignment}`;
  return (
    <>
      <PanelTable
        title="goods.refunds"
        rows={of.refunds}
        keyOf={keyOf}
        columns={[
          consignment,
          {
            title: t('goods.vat'),
            figure: true,
            cell: (row) => moneyText(words, row.vatCents, row.currency),
          },
          {
            title: t('goods.consumption-tax'),
            figure: true,
            cell: (row) => moneyText(words, row.consumptionTaxCents, row.currency),
          },
          passed,
        ]}
      />
      <PanelTable
        title="goods.import-taxes"
        rows={of.importTaxes}
        keyOf={keyOf}
        columns={[
          consignment,
          {
            title: t('goods.value'),
            figure: true,
            cell: (row) => moneyText(words, row.valueCents, row.currency),
          },
          { title: t('goods.rate'), figure: true, cell: (row) => rateText(row.rateHundredths) },
          {
            title: t('goods.tax'),
            figure: true,
            cell: (row) => moneyText(words, row.taxCents, row.currency),
          },
          passed,
        ]}
      />
      <PanelTable
        title="goods.exempted"
        rows={of.exempted}
        keyOf={keyOf}
        columns={[
          consignment,
          {
            title: t('goods.certificate'),
            cell: (row) => <span className="id">{row.certificate}</span>,
          },
          { title: t('goods.laboratory'), cell: (row) => <Declared>{row.laboratory}</Declared> },
          passed,
        ]}
      />
    </>
  );
}
