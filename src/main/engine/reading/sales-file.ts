import { MOST_SALES } from '../../../shared/contract/import-operations.ts';
import { type Sale, SalesInOrder } from '../../../shared/domain/sale.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { saleReads } from '../projections/sale-reads.ts';
import { type ExportFormat, writtenText } from '../reference/export.ts';
import { type RefusedRow, RowsText } from '../reference/parse.ts';
import { saleForm, writtenSale } from '../reference/sale-rows.ts';
import type { ReadableDb } from '../store/database.ts';
import { wholeFile } from './export-file.ts';
import type { RowsFile } from './reading-request.ts';

/** A sale of a file, with the line it stands in. */
interface SaleLine {
  readonly line: number;
  readonly sale: Sale;
}

/** What a file of sales says, held against the ledger as it stands. */
export interface SalesRead {
  readonly good: readonly SaleLine[];
  /** Rows that the ledger has already. */
  readonly same: number;
  readonly refused: readonly RefusedRow[];
  readonly refusedCount: number;
  /** What the good rows come to, whole cents of each currency. */
  readonly sums: readonly { readonly currency: string; readonly soldCents: number }[];
}

/**
 * Reads a file of sales: each row is judged by itself, by the ledger, and by the rows before it.
 * Fails with `dataset-unreadable` where the text cannot be read to its end, and `sales-too-many`.
 */
export function readSales(
  db: ReadableDb,
  text: string,
  format: ExportFormat,
  listed: number,
): Result<SalesRead> {
  const file = new RowsText(saleForm, format, [text], 'sales', listed);
  const ledger = saleReads(db);
  const named = new Set<string>();
  const inOrder = new SalesInOrder();
  const good: SaleLine[] = [];
  const sums = new Map<string, number>();
  let same = 0;
  const rows = file.rows();
  for (let next = rows.next(); ; next = rows.next()) {
    if (next.done === true) {
      if (!next.value.ok) return next.value;
      break;
    }
    const { line, row: sale } = next.value;
    if (named.has(sale.reference)) {
      file.refuseTwice(next.value);
      continue;
    }
    named.add(sale.reference);
    if (named.size > MOST_SALES) return tooMany();
    const deferrals = ledger.deferrals(sale.consignment);
    const judged = inOrder.judge(sale, ledger.known(sale.reference), deferrals);
    if (judged.is === 'same') same += 1;
    else if (judged.is === 'bad') file.refuse(line, judged.column, judged.text);
    else {
      inOrder.take(sale, judged.deferral);
      sums.set(sale.currency, (sums.get(sale.currency) ?? 0) + sale.soldCents);
      good.push({ line, sale });
    }
  }
  const { refused, refusedCount } = file;
  const told = [...sums].map(([currency, soldCents]) => ({ currency, soldCents }));
  return ok({ good, same, refused, refusedCount, sums: told });
}

function tooMany(): Result<never> {
  return fail('sales-too-many', `a file has at most ${MOST_SALES} sales: hand it in in parts`);
}

const PAGE_ROWS = 1_000;

/** Every reported sale, as a file that imports as the same. */
export function exportedSales(db: ReadableDb, format: ExportFormat): Result<RowsFile> {
  return wholeFile(`sales.${format}`, salesText(db, format), format);
}

/** The same piece by piece, however many there are. */
export function salesText(db: ReadableDb, format: ExportFormat): Generator<string> {
  return writtenText(saleForm.columns, written(db), format);
}

function* written(db: ReadableDb) {
  const { after } = saleReads(db);
  for (let reference = ''; ; ) {
    const rows = after(reference, PAGE_ROWS);
    for (const row of rows) yield writtenSale(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE_ROWS) return;
    reference = last.reference;
  }
}
