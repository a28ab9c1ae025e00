import type { KeyboardEvent } from 'react';

/** What a grid's scroller carries for assistive technology: one tab stop, rows named from here. */
export interface GridParts {
  readonly label: string;
  readonly rowCount: number;
  readonly columnCount: number;
  /** The id of the chosen row's element; undefined where none is chosen. */
  readonly activeRow: string | undefined;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function gridProps(parts: GridParts) {
  return {
    role: 'grid',
    tabIndex: 0,
    'aria-label': parts.label,
    'aria-rowcount': parts.rowCount + 1,
    'aria-colcount': parts.columnCount,
    'aria-activedescendant': parts.activeRow,
    onKeyDown: parts.onKeyDown,
  } as const;
}

/** A row that is drawn: its place among all rows, since the others are not in the page. */
export function gridRowProps(index: number) {
  return { role: 'row', 'aria-rowindex': index } as const;
}

/** A row that can be chosen and opened; its keys are the grid's. */
export function chosenRowProps(
  index: number,
  selected: boolean,
  onClick: () => void,
  onDoubleClick: () => void,
) {
  return { ...gridRowProps(index), 'aria-selected': selected, onClick, onDoubleClick } as const;
}

export const gridHeadProps = { role: 'columnheader' } as const;
export const gridCellProps = { role: 'gridcell' } as const;
export const gridBodyProps = { role: 'rowgroup' } as const;
