import type { AuditRow } from '../../../shared/contract/goods-rows.ts';
import { useZoneNow } from '../../live/now.ts';
import { Badge } from '../../ui/badges.tsx';
import { useWords } from '../../words/words.ts';

/** What an audit found, or that it is overdue. */
export function Outcome({ row }: { readonly row: AuditRow }) {
  const { t } = useWords();
  const nowMs = useZoneNow();
  if (row.result === 'fault') return <Badge tone="p3">{t('goods.result-fault')}</Badge>;
  if (row.result === 'in-order') return <>{t('goods.result-in-order')}</>;
  if (row.isVoid) return <span className="dim">{t('goods.result-void')}</span>;
  if (!row.isDrawn) return <span className="dim">–</span>;
  const isOverdue = nowMs !== null && row.byMs <= nowMs;
  if (isOverdue) return <Badge tone="p3">{t('goods.overdue')}</Badge>;
  return <span className="dim">{t('goods.result-none')}</span>;
}
