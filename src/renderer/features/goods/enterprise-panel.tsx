import type { EnterpriseRow } from '../../../shared/contract/goods-rows.ts';
import type { QueryOutput } from '../../../shared/contract/queries.ts';
import type { EnterpriseId } from '../../../shared/domain/ids.ts';
import { TIER_WORDS } from '../../../shared/locale/regime-goods.ts';
import { useActions } from '../../actions/actions.ts';
import { AllowanceLeft } from '../../actions/allowance-left.tsx';
import { useMay } from '../../actions/may.ts';
import { useZoneNow } from '../../live/now.ts';
import { useQuery } from '../../live/use-query.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { ageText, moneyText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';
import { Dues } from './dues.tsx';
import { ConsignmentLink, EnterpriseName, PanelTable } from './parts.tsx';
import { showTab } from './tab.ts';

type Detail = QueryOutput<'goods.enterprise'>;
interface Part {
  readonly detail: Detail;
  readonly onChanged: () => void;
}

function Papers({ row }: { readonly row: EnterpriseRow }) {
  const { t, text3, dayTime, number } = useWords();
  const none = <span className="dim">–</span>;
  return (
    <Facts
      facts={[
        [
          t('goods.status'),
          row.suspendedHere ? t('goods.suspended-here') : t(`goods.status-${row.status}`),
        ],
        [t('goods.tier'), text3(TIER_WORDS[row.tier])],
        [
          t('goods.open-rest'),
          t('goods.open-rest-value', {
            ...{ kinds: number(row.openKinds), custody: number(row.openCustody) },
            ...{ deferrals: number(row.openDeferrals), audits: number(row.openAudits) },
          }),
        ],
        [t('goods.registered-from'), dayTime(row.registeredFromMs)],
        [
          t('goods.registered-to'),
          row.registeredToMs === null ? t('goods.no-end') : dayTime(row.registeredToMs),
        ],
        [
          t('goods.home-number'),
          <span key="h" className="id">
            {row.homeNumber ?? none}
          </span>,
        ],
        [
          t('goods.other-number'),
          <span key="o" className="id">
            {row.otherNumber ?? none}
          </span>,
        ],
      ]}
    />
  );
}

function Balance({ detail: { balances }, onChanged }: Part) {
  const { t, number } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const figure = (title: string, of: (row: Detail['balances'][number]) => number) => ({
    title,
    figure: true,
    cell: (row: Detail['balances'][number]) => number(of(row)),
  });
  const act = {
    title: t('goods.act'),
    cell: (row: Detail['balances'][number]) =>
      row.rest > 0 && (
        <Button
          small
          label={`${t('goods.use-title')} ${row.hsCode} ${row.unit}`}
          onPress={() => ask({ act: 'use', of: row, onDone: onChanged })}
        >
          {t('goods.use-title')}…
        </Button>
      ),
  };
  return (
    <PanelTable
      title="goods.balance"
      rows={balances}
      keyOf={(row) => `${row.hsCode} ${row.unit}`}
      columns={[
        { title: t('goods.hs-code'), cell: (row) => <span className="id">{row.hsCode}</span> },
        { title: t('goods.unit'), cell: (row) => <span className="id">{row.unit}</span> },
        figure(t('goods.came-in'), (row) => row.cameIn),
        figure(t('goods.went-out'), (row) => row.wentOut),
        figure(t('goods.used'), (row) => row.used),
        figure(t('goods.destroyed'), (row) => row.destroyed),
        {
          title: t('goods.rest'),
          figure: true,
          cell: (row) => (
            <span className="high">
              {row.rest < 0 && <Badge tone="p2">{t('goods.below')}</Badge>} {number(row.rest)}
            </span>
          ),
        },
        ...(may('goods.record-use') ? [act] : []),
      ]}
    />
  );
}

function Custody({ detail: { custody }, onChanged }: Part) {
  const words = useWords();
  const { t } = words;
  const may = useMay();
  const { ask } = useActions();
  const nowMs = useZoneNow();
  const act = {
    title: t('goods.act'),
    cell: (row: Detail['custody'][number]) => (
      <Button
        small
        label={`${t('goods.custody-title')} ${row.item}`}
        onPress={() => ask({ act: 'custody', item: row, onDone: onChanged })}
      >
        {t('goods.custody-title')}…
      </Button>
    ),
  };
  return (
    <PanelTable
      title="goods.custody"
      rows={custody}
      keyOf={(row) => `${row.consignment} ${row.item}`}
      columns={[
        { title: t('goods.item'), cell: (row) => <span className="id">{row.item}</span> },
        {
          title: t('goods.consignment'),
          cell: (row) => <ConsignmentLink consignment={row.consignment} />,
        },
        { title: t('goods.step'), cell: (row) => t(`domain.custody-${row.step}`) },
        {
          title: t('goods.age'),
          figure: true,
          cell: (row) => ageText(words, row.sinceMs, nowMs),
        },
        ...(may('custody.record') ? [act] : []),
      ]}
    />
  );
}

function Deferrals({ detail: { deferrals }, onChanged }: Part) {
  const words = useWords();
  const { t, dayTime } = words;
  const may = useMay();
  const { ask } = useActions();
  const nowMs = useZoneNow();
  type Row = Detail['deferrals'][number];
  const money = (title: string, of: (row: Row) => number) => ({
    title,
    figure: true,
    cell: (row: Row) => moneyText(words, of(row), row.currency),
  });
  const act = {
    title: t('goods.act'),
    cell: (row: Row) =>
      row.closedMs === null && (
        <Button
          small
          label={`${t('goods.sale-title')} ${row.consignment}`}
          onPress={() => ask({ act: 'sale', deferral: row, onDone: onChanged })}
        >
          {t('goods.sale-title')}…
        </Button>
      ),
  };
  return (
    <PanelTable
      title="goods.deferrals"
      rows={deferrals}
      keyOf={(row) => `${row.crossing} ${row.consignment}`}
      columns={[
        {
          title: t('goods.consignment'),
          cell: (row) => <ConsignmentLink consignment={row.consignment} />,
        },
        money(t('goods.value'), (row) => row.valueCents),
        money(t('goods.vat'), (row) => row.vatCents),
        money(t('goods.sold'), (row) => row.soldCents),
        money(t('goods.closed'), (row) => row.closedCents),
        money(t('goods.open'), (row) => row.vatCents - row.closedCents),
        {
          title: t('goods.overdue-from'),
          figure: true,
          cell: ({ closedMs, overdueFromMs }) => {
            if (closedMs !== null) return t('goods.closed');
            if (overdueFromMs === null) return '–';
            const isOverdue = nowMs !== null && overdueFromMs <= nowMs;
            return (
              <>
                {isOverdue && <Badge tone="p3">{t('goods.overdue')}</Badge>}{' '}
                {dayTime(overdueFromMs)}
              </>
            );
          },
        },
        ...(may('sale.report') ? [act] : []),
      ]}
    />
  );
}

/** One enterprise: its papers, what it has here, what is followed, and what it owes or is owed. */
export function EnterprisePanel(props: {
  readonly enterprise: EnterpriseId;
  readonly onChanged: () => void;
}) {
  const { t } = useWords();
  const { enterprise, onChanged } = props;
  const { data, fault, again } = useQuery('goods.enterprise', { enterprise });
  if (fault !== null) return <ErrorBox fault={fault} onRetry={again} />;
  if (data === null) return <Busy />;
  const changed = () => {
    again();
    onChanged();
  };
  return (
    <div className="goods-tables">
      <h2 className="side-title">
        {data.row === null ? (
          <span className="id">{enterprise}</span>
        ) : (
          <EnterpriseName row={data.row} />
        )}
      </h2>
      <p className="side-sub id">{enterprise}</p>
      {data.row === null ? <p>{t('goods.not-listed')}</p> : <Papers row={data.row} />}
      <div className="side-buttons">
        <Button onPress={() => showTab('consignments', undefined, { enterprise })}>
          {t('goods.show-consignments')}
        </Button>
      </div>
      <AllowanceLeft key={enterprise} of="enterprise" id={enterprise} />
      <Balance detail={data} onChanged={changed} />
      <Custody detail={data} onChanged={changed} />
      <Deferrals detail={data} onChanged={changed} />
      <Dues of={data} />
    </div>
  );
}
