import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type CSSProperties,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';
import {
  chosenRowProps,
  gridBodyProps,
  gridCellProps,
  gridHeadProps,
  gridProps,
  gridRowProps,
} from './grid-props.ts';
import { rowAfterKey } from './row-after-key.ts';
import './table.css';

export interface TableColumn<R> {
  readonly id: string;
  readonly title: string;
  /** A track of a CSS grid: `6rem`, `minmax(8rem, 1fr)`. */
  readonly width: string;
  readonly align?: 'end' | undefined;
  readonly cell: (row: R) => ReactNode;
}

export interface TableProps<R> {
  readonly label: string;
  readonly columns: readonly TableColumn<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly selected?: string | null | undefined;
  readonly onSelect?: ((key: string) => void) | undefined;
  /** Enter or a double click. */
  readonly onOpen?: ((row: R) => void) | undefined;
  /** Shown in place of rows when there are none. */
  readonly empty: ReactNode;
  /** A class for a whole row: an alarm's colour, what is late. */
  readonly rowClass?: ((row: R) => string | undefined) | undefined;
  /** Called when the last rows come into sight. */
  readonly onEnd?: (() => void) | undefined;
}

/** Row height in rem; one line of text with room to breathe. */
const ROW_REM = 2.25;
/** Rows drawn beyond the visible ones. */
const OVERSCAN = 12;

function rowHeightPx(): number {
  const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return Math.round(ROW_REM * remPx);
}

/** The keys that walk and open rows. */
function useGridKeys<R>(props: TableProps<R>, at: number, reveal: (index: number) => void) {
  const { rows, keyOf, onSelect, onOpen } = props;
  return (event: KeyboardEvent) => {
    const row = rows[at];
    if (event.key === 'Enter' && row !== undefined && event.target === event.currentTarget) {
      event.preventDefault();
      onOpen?.(row);
      return;
    }
    const next = rowAfterKey(event.key, at, rows.length);
    const nextRow = next === null ? undefined : rows[next];
    if (next === null || nextRow === undefined) return;
    event.preventDefault();
    onSelect?.(keyOf(nextRow));
    reveal(next);
  };
}

function Head<R>({ columns }: { readonly columns: readonly TableColumn<R>[] }) {
  return (
    <div className="table-head" {...gridRowProps(1)}>
      {columns.map((column) => (
        <span key={column.id} className={`th th-${column.align ?? 'start'}`} {...gridHeadProps}>
          {column.title}
        </span>
      ))}
    </div>
  );
}

function Cells<R>({ row, columns }: { row: R; columns: readonly TableColumn<R>[] }) {
  return columns.map((column) => (
    <span key={column.id} className={`td td-${column.align ?? 'start'}`} {...gridCellProps}>
      {column.cell(row)}
    </span>
  ));
}

/**
 * A table of any length: only the visible rows are drawn. Arrows, Page and Home/End walk, Enter
 * opens. One tab stop; the chosen row is told to assistive technology as the active descendant.
 */
export function Table<R>(props: TableProps<R>) {
  const { label, columns, rows, keyOf, selected, onSelect, onOpen, onEnd } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [rowPx] = useState(rowHeightPx);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowPx,
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastSeen >= rows.length - 1) onEnd?.();
  }, [lastSeen, rows.length, onEnd]);
  const at = selected ? rows.findIndex((row) => keyOf(row) === selected) : -1;
  const onKeyDown = useGridKeys(props, at, (index) => virtual.scrollToIndex(index));
  const grid = gridProps({
    label,
    rowCount: rows.length,
    columnCount: columns.length,
    // Scrolled out of sight it is not drawn, and nothing can refer to it.
    activeRow: items.some(({ index }) => index === at) ? `${id}-${at}` : undefined,
    onKeyDown,
  });
  const tracks = { '--tracks': columns.map((column) => column.width).join(' ') };
  return (
    <div ref={scroller} className="table" style={tracks as CSSProperties} {...grid}>
      <Head columns={columns} />
      {rows.length === 0 && (
        <div {...gridRowProps(2)}>
          <div {...gridCellProps}>{props.empty}</div>
        </div>
      )}
      <div className="table-body" style={{ height: virtual.getTotalSize() }} {...gridBodyProps}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const key = keyOf(row);
          const choose = () => onSelect?.(key);
          return (
            <div
              key={key}
              id={`${id}-${item.index}`}
              className={`tr ${props.rowClass?.(row) ?? ''}`}
              style={{ height: item.size, transform: `translateY(${item.start}px)` }}
              {...chosenRowProps(item.index + 2, key === selected, choose, () => onOpen?.(row))}
            >
              <Cells row={row} columns={columns} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
