import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { FigureColumn } from '../../ui/figure-table.tsx';
import { moneyText, rateText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';
import { ConsignmentLink, Declared, PanelTable } from './parts.tsx';

type Row<K extends keyof Of> = Of[K][number];
type Of = Pick<QueryOutput<'goods.enterprise'>, 'refunds' | 'importTaxes' | 'exempted'>;

function keyOf(row: { readonly crossing: string; readonly consignment: string }): string {
  return `${row.crossing} ${row.consignment}`;
}

/** The columns that every one of these tables has, and those of money. */
function useColumns() {
  const words = useWords();
  const { t, dayTime } = words;
  return {
    consignment: {
      title: t('goods.consignment'),
      cell: (row: { readonly consignment: string }) => (
        <ConsignmentLink consignment={row.consignment} />
      ),
    },
    passed: {
      title: t('goods.passed'),
      figure: true,
      cell: (row: { readonly atMs: number }) => dayTime(row.atMs),
    },
    money: <R extends { readonly currency: string }>(
      title: string,
      of: (row: R) => number | null,
    ): FigureColumn<R> => ({
      title,
      figure: true,
      cell: (row) => moneyText(words, of(row), row.currency),
    }),
  };
}

/** What passages made refundable, due at the combined rate, or exempt from inspection. */
export function Dues({ of }: { readonly of: Of }) {
  const { t } = useWords();
  const { consignment, passed, money } = useColumns();
  return (
    <>
      <PanelTable
        title="goods.refunds"
        rows={of.refunds}
        keyOf={keyOf}
        columns={[
          consignment,
          money(t('goods.vat'), (row: Row<'refunds'>) => row.vatCents),
          money(t('goods.consumption-tax'), (row: Row<'refunds'>) => row.consumptionTaxCents),
          passed,
        ]}
      />
      <PanelTable
        title="goods.import-taxes"
        rows={of.importTaxes}
        keyOf={keyOf}
        columns={[
          consignment,
          money(t('goods.value'), (row: Row<'importTaxes'>) => row.valueCents),
          { title: t('goods.rate'), figure: true, cell: (row) => rateText(row.rateHundredths) },
          money(t('goods.tax'), (row: Row<'importTaxes'>) => row.taxCents),
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
