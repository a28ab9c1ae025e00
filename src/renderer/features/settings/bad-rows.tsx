import type { QueryOutput } from '../../../shared/contract/queries.ts';
import { useExport } from '../../actions/use-export.ts';
import { Marked } from '../../ui/badges.tsx';
import { Button } from '../../ui/button.tsx';
import { Said } from '../../ui/said.tsx';
import { Table } from '../../ui/table.tsx';
import { useWords } from '../../words/words.ts';

type Rows = QueryOutput<'sales.preview'>['refused'];

/** The bad rows of a file by line, column and reason; all of them as a file. */
export function BadRows(props: {
  readonly rows: Rows;
  readonly count: number;
  /** Asks for the file of them all. */
  readonly askFile?: (() => Promise<QueryOutput<'sales.bad-rows'>>) | undefined;
}) {
  const { t, number } = useWords();
  const { askFile, count, rows } = props;
  const { busy, save } = useExport(({ name }) => t('imports.bad-saved', { name }));
  // What is only looked at was not refused yet.
  const said = t(askFile ? 'imports.bad-rows' : 'settings.refused', { count });
  return (
    <>
      <Marked tone="p3" line>
        {said}
        {rows.length < count && ` · ${t('imports.bad-some', { n: number(rows.length) })}`}
      </Marked>
      <div className="refused">
        <Table
          label={said}
          rows={rows}
          keyOf={(row) => `${row.line}/${row.column}`}
          empty={null}
          columns={[
            {
              id: 'line',
              title: t('settings.refused-line'),
              width: '4.5rem',
              align: 'end',
              cell: (row) => number(row.line),
            },
            {
              id: 'column',
              title: t('settings.refused-column'),
              width: '7rem',
              cell: (row) => <span className="id">{row.column}</span>,
            },
            {
              id: 'text',
              title: t('settings.refused-text'),
              width: 'minmax(10rem, 1fr)',
              cell: (row) => <Said text={row.text} />,
            },
          ]}
        />
      </div>
      {askFile && (
        <Button small disabled={busy} onPress={() => void save(askFile)}>
          {t('imports.bad-file')}
        </Button>
      )}
    </>
  );
}
