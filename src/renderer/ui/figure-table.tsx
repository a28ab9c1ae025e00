import type { ReactNode } from 'react';
import { useWords } from '../words/words.ts';
import './figure-table.css';

export interface FigureColumn<R> {
  readonly title: string;
  readonly cell: (row: R) => ReactNode;
  readonly figure?: boolean | undefined;
}

export interface FigureTableProps<R> {
  readonly label: string;
  readonly columns: readonly FigureColumn<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  /** The cells of the last row, which adds up the rest. */
  readonly foot?: readonly ReactNode[] | undefined;
}

/** A short table of a report: names at the left, figures at the right. */
export function FigureTable<R>(props: FigureTableProps<R>) {
  const { t } = useWords();
  const { columns, rows, keyOf, foot } = props;
  if (rows.length === 0) return <p className="dim">{t('reports.nothing-happened')}</p>;
  return (
    <table className="figures" aria-label={props.label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.title} scope="col" className={column.figure ? 'num' : ''}>
              {column.title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column) => (
              <td key={column.title} className={column.figure ? 'num' : ''}>
                {column.cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
      {foot && (
        <tfoot>
          <tr>
            {columns.map((column, n) => (
              <td key={column.title} className={column.figure ? 'num' : ''}>
                {foot[n]}
              </td>
            ))}
          </tr>
        </tfoot>
      )}
    </table>
  );
}
