import type { ReactNode } from 'react';
import type { EnterpriseRow } from '../../../shared/contract/goods-rows.ts';
import type { WordKey } from '../../../shared/locale/tables.ts';
import type { PagedQuery, Pages } from '../../live/use-pages.ts';
import { FigureTable, type FigureTableProps } from '../../ui/figure-table.tsx';
import { Section } from '../../ui/screen.tsx';
import { Busy, Empty, ErrorBox } from '../../ui/states.tsx';
import { useWords } from '../../words/words.ts';
import { showTab } from './tab.ts';

/** Shown in an empty table's place: what failed, that it loads, or that there is none. */
export function Nothing(props: {
  readonly of: {
    readonly fault: Parameters<typeof ErrorBox>[0]['fault'] | null;
    readonly busy: boolean;
    readonly again: () => void;
  };
  readonly text: string;
}) {
  const { fault, busy, again } = props.of;
  if (fault !== null) return <ErrorBox fault={fault} onRetry={again} />;
  return busy ? <Busy /> : <Empty>{props.text}</Empty>;
}

/** How many rows of a paged list are shown, and whether more follow. */
export function usePagesNote<N extends PagedQuery>({ looking, complete, rows }: Pages<N>): string {
  const { t, number } = useWords();
  const key = looking ? 'goods.looking' : complete ? 'goods.shown' : 'goods.shown-more';
  return t(key, { n: number(rows.length) });
}

/** A titled table of a panel; calm where it has no rows. */
export function PanelTable<R>(
  props: Omit<FigureTableProps<R>, 'label'> & { readonly title: WordKey },
) {
  const { t } = useWords();
  const { title, ...table } = props;
  return (
    <Section title={t(title)}>
      {table.rows.length === 0 ? (
        <p className="dim">{t('goods.none')}</p>
      ) : (
        <FigureTable label={t(title)} {...table} />
      )}
    </Section>
  );
}

type EnterpriseNames = Pick<EnterpriseRow, 'nameZh' | 'nameEn'>;

/** What somebody declared, as it stands: it has no language of the page. */
export function Declared({ children }: { readonly children: ReactNode }) {
  return <span className="declared">{children}</span>;
}

/** An enterprise's names, each marked as what it is written in. */
export function EnterpriseName({ row }: { readonly row: EnterpriseNames }) {
  return (
    <span className="declared">
      <span lang="zh-HK">{row.nameZh}</span> <span lang="en">{row.nameEn}</span>
    </span>
  );
}

/** An id that leads somewhere. */
export function IdLink(props: {
  readonly id: string;
  /** What it shows. */
  readonly label: string;
  readonly onPress: () => void;
}) {
  return (
    <button
      type="button"
      className="link id"
      aria-label={`${props.label} ${props.id}`}
      onClick={props.onPress}
    >
      {props.id}
    </button>
  );
}

/** A consignment's id, which leads to all of it. */
export function ConsignmentLink({ consignment }: { readonly consignment: string }) {
  const { t } = useWords();
  return (
    <IdLink
      id={consignment}
      label={t('goods.show-consignment')}
      onPress={() => showTab('consignments', consignment)}
    />
  );
}
