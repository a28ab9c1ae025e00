import type { AuditRow } from '../../../shared/contract/goods-rows.ts';
import { auditDraw, auditText } from '../../../shared/regime/audit-draw.ts';
import { useActions } from '../../actions/actions.ts';
import { useMay } from '../../actions/may.ts';
import { Badge } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { Section } from '../../ui/screen.tsx';
import { rateText } from '../../words/amounts.ts';
import { useWords } from '../../words/words.ts';
import { Outcome } from './audit-outcome.tsx';
import { ConsignmentLink } from './parts.tsx';

const HUNDRED = 100;
const PERCENTS = 10_000;

/** The draw made again from what was recorded: anybody with another program gets the same. */
function Again({ row }: { readonly row: AuditRow }) {
  const { t, number } = useWords();
  const made = auditDraw(row, row.rateHundredths / HUNDRED);
  const isSame = made.number === row.number && made.isDrawn === row.isDrawn;
  return (
    <Section title={t('goods.again')}>
      <p className="small">{t('goods.again-how')}</p>
      <p className="dim small">{t('goods.again-text')}</p>
      <pre className="goods-draw id" data-testid="draw-text">
        {auditText(row)}
      </pre>
      <Facts
        facts={[
          [t('goods.rate'), rateText(row.rateHundredths)],
          [t('goods.again-number'), number(row.number)],
          [t('goods.again-made'), number(made.number)],
          [t('goods.again-below'), number(Math.ceil((row.rateHundredths * 2 ** 32) / PERCENTS))],
          [
            t('goods.drawn'),
            isSame ? (
              <Badge key="same" tone="strong">
                ✓ {t('goods.again-same')}
              </Badge>
            ) : (
              <Badge key="other" tone="p2">
                {t('goods.again-other')}
              </Badge>
            ),
          ],
        ]}
      />
    </Section>
  );
}

/** A draw: what it was about, what the audit found, and all that makes it again. */
export function AuditPanel(props: { readonly row: AuditRow; readonly onChanged: () => void }) {
  const { t, dayTime } = useWords();
  const may = useMay();
  const { ask } = useActions();
  const { row, onChanged } = props;
  const isOpen = row.isDrawn && !row.isVoid && row.doneMs === null;
  return (
    <>
      <h2 className="side-title id">{row.crossing}</h2>
      <Facts
        facts={[
          [t('goods.consignment'), <ConsignmentLink key="c" consignment={row.consignment} />],
          [
            t('goods.enterprise'),
            <span key="e" className="id">
              {row.enterprise ?? '–'}
            </span>,
          ],
          [
            t('goods.regime'),
            <span key="r" className="id">
              {row.regime} {row.regimeVersion}
            </span>,
          ],
          [t('goods.drawn'), t(row.isDrawn ? 'goods.drawn-yes' : 'goods.drawn-no')],
          [t('goods.by-when'), row.isDrawn ? dayTime(row.byMs) : '–'],
          [t('goods.result'), <Outcome key="o" row={row} />],
          [t('goods.done-at'), row.doneMs === null ? '–' : dayTime(row.doneMs)],
        ]}
      />
      {isOpen && may('audit.record') && (
        <div className="side-buttons">
          <Button tone="main" onPress={() => ask({ act: 'audit', draw: row, onDone: onChanged })}>
            {t('goods.audit-title')}…
          </Button>
        </div>
      )}
      <Again row={row} />
    </>
  );
}
