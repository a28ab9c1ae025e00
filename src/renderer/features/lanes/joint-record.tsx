import type { LaneId } from '../../../shared/domain/ids.ts';
import { useQuery } from '../../live/use-query.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { FigureTable } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';

/** The newest crossings that the panel shows; the figures are of the whole day. */
const SHOWN = 8;
const SECOND_MS = 1000;

/** Both sides' inspections at a lane today: how long they took, and the newest of them. */
export function JointRecord({ lane }: { readonly lane: LaneId }) {
  const { t, number, time } = useWords();
  const query = useQuery('joint-record.lane', { lane, limit: SHOWN });
  const seconds = (ms: number | null) =>
    ms === null ? '–' : t('ledger.joint-seconds', { n: number(Math.round(ms / SECOND_MS)) });
  const data = query.data;
  const side = (word: 'exit' | 'entry', of: 'hong-kong' | 'mainland' | 'macao' | null) =>
    t(`ledger.joint-${word}`, { side: of === null ? '–' : t(`ledger.side-${of}`) });
  const first = data?.rows[0];
  return (
    <Section
      title={t('ledger.joint')}
      tools={
        <Button small onPress={query.again}>
          {t('ledger.refresh')}
        </Button>
      }
    >
      {query.busy && data === null && <Busy />}
      {query.fault && <ErrorBox fault={query.fault} onRetry={query.again} />}
      {data !== null && data.rows.length === 0 && <p className="dim">{t('ledger.joint-none')}</p>}
      {data !== null && first !== undefined && (
        <>
          <Facts
            facts={[
              [t('ledger.joint-released'), number(data.released)],
              [t('ledger.joint-median'), seconds(data.medianMs)],
              [t('ledger.joint-p95'), seconds(data.p95Ms)],
              [
                t('ledger.joint-slow', { n: number(data.slowMs / SECOND_MS) }),
                data.slow === 0 ? (
                  '0'
                ) : (
                  <Badge key="slow" tone="p3">
                    {number(data.slow)}
                  </Badge>
                ),
              ],
            ]}
          />
          <FigureTable
            label={t('ledger.joint')}
            rows={data.rows}
            keyOf={(row) => row.crossing}
            columns={[
              { title: t('ledger.crossing'), cell: (row) => time(row.readMs) },
              {
                title: side('exit', first.exitFor),
                cell: (row) => t(`ledger.joint-result-${row.exitResult}`),
              },
              {
                title: side('entry', first.entryFor),
                cell: (row) => t(`ledger.joint-result-${row.entryResult}`),
              },
              {
                title: t('ledger.joint-time'),
                figure: true,
                cell: (row) =>
                  row.isSlow ? <Badge tone="p3">{seconds(row.tookMs)}</Badge> : seconds(row.tookMs),
              },
            ]}
          />
        </>
      )}
    </Section>
  );
}
