import type { ConsignmentDetail } from '../../../shared/contract/goods-rows.ts';
import { NEXT_STEPS } from '../../../shared/domain/goods-steps.ts';
import type { ConsignmentId } from '../../../shared/domain/ids.ts';
import { GOODS_CLASS_WORDS } from '../../../shared/locale/regime-terms.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { go } from '../../actions/route.ts';
import { useNames } from '../../live/names.ts';
import { useQuery } from '../../live/use-query.ts';
import { Button } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { moneyText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';
import { CertificateFacts } from './certificate.tsx';
import { Dues } from './dues.tsx';
import { OriginCheck } from './origin-check.tsx';
import { Declared, IdLink, PanelTable } from './parts.tsx';
import { showTab } from './tab.ts';

type Line = ConsignmentDetail['lines'][number];
const GRAMS = 1_000;

/** Whose it is, its papers, and the eight items of road cargo. */
function Papers({ of }: { readonly of: ConsignmentDetail['consignment'] }) {
  const words = useWords();
  const { t, text3, number } = words;
  const money = (cents: number) => moneyText(words, cents, of.currency);
  const paid =
    of.taxPaid === null
      ? '–'
      : t('goodsCheck.tax-paid-value', {
          vat: money(of.taxPaid.vatCents),
          consumption: money(of.taxPaid.consumptionTaxCents),
        });
  const declared = (name: Parameters<typeof t>[0], text: string): Fact => [
    t(name),
    <Declared key={name}>{text}</Declared>,
  ];
  const { declaration, declarationStatus, enterprise } = of;
  return (
    <Facts
      facts={[
        [
          t('goods.enterprise'),
          enterprise === null ? (
            '–'
          ) : (
            <IdLink
              key="enterprise"
              id={enterprise}
              label={t('goods.enterprise')}
              onPress={() => showTab('enterprises', enterprise)}
            />
          ),
        ],
        [t('goods.class'), text3(GOODS_CLASS_WORDS[of.class])],
        [t('goods.status'), t(`goods.consignment-${of.status}`)],
        [
          t('goods.declaration'),
          <span key="d">
            <span className="id">{declaration ?? '–'}</span>{' '}
            {declarationStatus !== null && t(`goods.declaration-${declarationStatus}`)}
          </span>,
        ],
        [
          t('goods.reference'),
          <span key="r" className="id">
            {of.cargoReference ?? '–'}
          </span>,
        ],
        declared('goods.description', of.description),
        declared('goods.packages', `${number(of.packages)} ${of.packageKind}`),
        [t('goods.weight'), t('goods.weight-value', { n: number(of.weightGrams / GRAMS) })],
        declared('goods.consignor', of.consignor),
        declared('goods.consignee', of.consignee),
        declared('goods.loading-place', of.loadingPlace),
        declared('goods.unloading-place', of.unloadingPlace),
        [
          t('goods.import-tax'),
          of.importTax === null ? '–' : t(`goods.import-tax-${of.importTax}`),
        ],
        [t('goodsCheck.tax-paid'), paid],
      ]}
    />
  );
}

function Lines({ of, onChanged }: { of: ConsignmentDetail; readonly onChanged: () => void }) {
  const words = useWords();
  const { t, number } = words;
  const may = useMay();
  const { ask } = useActions();
  const { consignment, currency } = of.consignment;
  const act = {
    title: t('goods.act'),
    cell: ({ item, custody: step }: Line) =>
      item !== null &&
      NEXT_STEPS[step ?? 'none'].length > 0 && (
        <Button
          small
          label={`${t('goods.custody-title')} ${item}`}
          onPress={() => {
            ask({ act: 'custody', item: { consignment, item, step }, onDone: onChanged });
          }}
        >
          {t('goods.custody-title')}…
        </Button>
      ),
  };
  const isFollowed = of.lines.some(({ item }) => item !== null);
  return (
    <PanelTable
      title="goods.lines"
      rows={of.lines}
      keyOf={({ line }) => String(line)}
      columns={[
        { title: t('goods.line'), cell: ({ line }) => number(line) },
        { title: t('goods.hs-code'), cell: (row) => <span className="id">{row.hsCode}</span> },
        {
          title: t('goods.quantity'),
          figure: true,
          cell: ({ quantity, unit }) => (
            <>
              {number(quantity)} <span className="id">{unit}</span>
            </>
          ),
        },
        {
          title: t('goods.value'),
          figure: true,
          cell: ({ valueCents }) => moneyText(words, valueCents, currency),
        },
        { title: t('goods.origin'), cell: (row) => <span className="id">{row.origin}</span> },
        { title: t('goods.marks'), cell: (row) => <Declared>{row.marks ?? '–'}</Declared> },
        {
          title: t('goods.item'),
          cell: ({ item, custody }) =>
            item === null ? (
              '–'
            ) : (
              <>
                <span className="id">{item}</span>{' '}
                {custody !== null && t(`domain.custody-${custody}`)}
              </>
            ),
        },
        ...(isFollowed && may('custody.record') ? [act] : []),
      ]}
    />
  );
}

function Passages({ passages }: Pick<ConsignmentDetail, 'passages'>) {
  const { t, dayTime } = useWords();
  const names = useNames();
  return (
    <PanelTable
      title="goods.passages"
      rows={passages}
      keyOf={({ crossing }) => crossing}
      columns={[
        { title: t('goods.passed'), cell: ({ atMs }) => dayTime(atMs) },
        {
          title: t('goods.lane'),
          cell: ({ lane, line, direction }) => {
            const way = `${t(`domain.line-${line}`)} · ${t(`domain.direction-${direction}`)}`;
            return lane === null ? way : `${way} · ${names.lane(lane)}`;
          },
        },
        {
          title: t('goods.vehicle'),
          cell: ({ vehicle }) => <span className="id">{vehicle ?? '–'}</span>,
        },
        {
          title: t('goods.crossing'),
          cell: ({ crossing, lane }) => (
            <IdLink
              id={crossing}
              label={t('goods.show-crossing')}
              onPress={() => go('crossings', lane === null ? {} : { lane })}
            />
          ),
        },
      ]}
    />
  );
}

/** One consignment: its papers, its lines and marks, what crossed of it and what that started. */
export function ConsignmentPanel({ consignment }: { readonly consignment: ConsignmentId }) {
  const { data, fault, again } = useQuery('goods.consignment', { consignment });
  if (fault !== null) return <ErrorBox fault={fault} onRetry={again} />;
  if (data === null) return <Busy />;
  return (
    <div className="goods-tables">
      <h2 className="side-title id">{consignment}</h2>
      <Papers of={data.consignment} />
      <Lines of={data} onChanged={again} />
      <Passages passages={data.passages} />
      <OriginCheck of={data.consignment} />
      <CertificateFacts of={data.consignment} />
      <Dues of={data} />
    </div>
  );
}
