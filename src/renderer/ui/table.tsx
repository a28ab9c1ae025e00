import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef } from 'react';
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

function remPx(): number {
  return Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
}

/**
 * A table of any length: only the visible rows are drawn. Arrows, Page and Home/End walk, Enter
 * opens. One tab stop; the chosen row is told to assistive technology as the active descendant.
 */
export function Table<R>(props: TableProps<R>) {
  const { label, columns, rows, keyOf, selected, onSelect, onOpen, empty, rowClass, onEnd } = props;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => Math.round(ROW_REM * remPx()),
    overscan: OVERSCAN,
  });
  const items = virtual.getVirtualItems();
  const lastSeen = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastSeen >= rows.length - 1) onEnd?.();
  }, [lastSeen, rows.length, onEnd]);

  const at = selected ? rows.findIndex((row) => keyOf(row) === selected) : -1;
  const onKeyDown = (event: KeyboardEvent) => {
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
    virtual.scrollToIndex(next);
  };
  const template = columns.map((column) => column.width).join(' ');

  return (
    <div className="table">
      <div
        ref={scroller}
        className="table-scroll"
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length}
        tabIndex={0}
        {...(at >= 0 && { 'aria-activedescendant': `${id}-${at}` })}
        onKeyDown={onKeyDown}
      >
        <div
          className="table-head"
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template }}
        >
          {columns.map((column) => (
            <span
              key={column.id}
              role="columnheader"
              className={`th th-${column.align ?? 'start'}`}
            >
              {column.title}
            </span>
          ))}
        </div>
        {rows.length === 0 && (
          <div role="row">
            <div role="gridcell">{empty}</div>
          </div>
        )}
        <div className="table-body" role="rowgroup" style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const key = keyOf(row);
            return (
              // The grid itself takes the keys; a row only takes the pointer.
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the grid
              // biome-ignore lint/a11y/useFocusableInteractive: the grid names it as active
              <div
                key={key}
                id={`${id}-${item.index}`}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={key === selected}
                className={`tr ${rowClass?.(row) ?? ''}`}
                style={{
                  gridTemplateColumns: template,
                  height: item.size,
                  transform: `translateY(${item.start}px)`,
                }}
                onClick={() => onSelect?.(key)}
                onDoubleClick={() => onOpen?.(row)}
              >
                {columns.map((column) => (
                  <span
                    key={column.id}
                    role="gridcell"
                    className={`td td-${column.align ?? 'start'}`}
                  >
                    {column.cell(row)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
