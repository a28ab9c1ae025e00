import type { DeskReadRow } from '../../../../shared/contract/views.ts';
import type { ViewSource } from '../view-source.ts';

/** The last read of each desk reader, kept in memory: credentials at a desk are not journalled. */
export class DeskReads {
  readonly #last = new Map<string, DeskReadRow>();

  put(row: DeskReadRow): void {
    this.#last.set(row.reader, row);
  }

  view(): ViewSource<'desk-reads'> {
    return {
      name: 'desk-reads',
      snapshot: () => new Map(this.#last),
      touched: ({ data, kind }) => {
        const reader = kind === 'desk.read' || kind === 'muster.marked' ? data.reader : null;
        return reader === null ? [] : [reader];
      },
      row: (key) => this.#last.get(key) ?? null,
    };
  }
}
