import { z } from 'zod';
import { DatasetName } from '../domain/permit.ts';
import { ExportedFile } from './exported-file.ts';
import { operation } from './row.ts';

/** A reason that a person types: goes to the erasable text table. */
const reason = z.string().trim().min(3).max(500);
const count = z.number().int().nonnegative();

/** Why personal data are asked for: goes into the journal. */
const purpose = z.string().trim().min(3).max(120);

/** The most characters that one answer brings of a file; `twoline export` has no such limit. */
export const MOST_EXPORT_CHARACTERS = 8_000_000;
/** The most characters that one message may bring of a file. */
export const MOST_FILE_CHARACTERS = 4_000_000;
/** Bad rows that an answer lists; the file of them has more. */
export const LISTED_ROWS = 200;
/** Sales of one file. */
export const MOST_SALES = 20_000;
/** Bad rows that the file of them names. */
export const FILED_ROWS = 50_000;

const text = z.string().max(MOST_FILE_CHARACTERS);
const format = z.enum(['csv', 'json']);

/** A row that cannot be taken: where it stands, which column, and what is wrong with it. */
const BadRow = z.object({ line: z.number().int(), column: z.string(), text: z.string() });

const datasetFile = {
  dataset: DatasetName,
  format,
  /** `full` replaces the dataset, `delta` adds and changes rows. */
  mode: z.enum(['full', 'delta']),
  text,
};

const salesFile = { format, text };

/** Good rows only, since a person says so, and why. Without it a bad row stops the whole. */
const goodRowsOnly = z.object({ reason }).optional();

export const importCommands = {
  /**
   * Loads a dataset version from text. With a bad row in it nothing is taken, `rows-refused`,
   * unless the person says that its good rows are. What changes nothing makes no version: `same`.
   */
  'dataset.load': operation({
    roles: ['administrator'],
    input: z.object({ ...datasetFile, goodRowsOnly }),
    output: z.object({
      version: z.number().int(),
      rows: count,
      changed: count,
      same: z.boolean(),
      refused: z.array(BadRow),
      refusedCount: count,
    }),
  }),
  /**
   * Takes a file of sales of deferred goods: all of it, or nothing, `rows-refused`; its good rows
   * only where the person says so. Each sale has a reference: what stands there is not taken twice.
   */
  'sales.import': operation({
    roles: ['supervisor', 'administrator'],
    input: z.object({ ...salesFile, goodRowsOnly: z.boolean(), reason }),
    output: z.object({
      taken: count,
      /** Known already, as they stand there. */
      same: count,
      refused: z.array(BadRow),
      refusedCount: count,
    }),
  }),
} as const;

export const importQueries = {
  /** What a file would do, before anything is taken of it. */
  'dataset.preview': operation({
    roles: ['administrator'],
    input: z.object(datasetFile),
    output: z.object({
      /** It changes nothing and no row is bad: taking it makes no version. */
      same: z.boolean(),
      /** What is in force now; version 0 where nothing is. */
      version: z.number().int(),
      rows: count,
      /** Rows in the dataset once the good rows were taken. */
      rowsAfter: count,
      good: count,
      bad: count,
      /** The first bad rows, at most 200. */
      refused: z.array(BadRow),
      counts: z.object({ new: count, changed: count, same: count, gone: count }),
      /** The first 20 keys of each way of changing. */
      examples: z.array(
        z.object({ key: z.string(), change: z.enum(['new', 'changed', 'gone', 'same']) }),
      ),
    }),
  }),
  /** Every bad row of a file as a spreadsheet file, the first 50,000 where they are more. */
  'dataset.bad-rows': operation({
    roles: ['administrator'],
    input: z.object(datasetFile),
    output: ExportedFile,
  }),
  /**
   * A dataset in force as a file that loads as the same. Fails with `export-too-large`, and with
   * `nothing-in-force`. Who took which bytes, and why, is journalled before.
   */
  'dataset.export': operation({
    roles: ['supervisor', 'inspector', 'administrator'],
    discloses: true,
    input: z.object({ dataset: DatasetName, format, purpose }),
    output: ExportedFile,
  }),
  /** What a file of sales would do, before anything is taken of it. */
  'sales.preview': operation({
    roles: ['supervisor', 'administrator'],
    input: z.object(salesFile),
    output: z.object({
      good: count,
      same: count,
      bad: count,
      /** The first bad rows, at most 200. */
      refused: z.array(BadRow),
      /** What the good rows come to, whole cents of each currency. */
      sums: z.array(z.object({ currency: z.string(), soldCents: count })),
    }),
  }),
  'sales.bad-rows': operation({
    roles: ['supervisor', 'administrator'],
    input: z.object(salesFile),
    output: ExportedFile,
  }),
  /** Every reported sale as a file that imports as the same. */
  'sales.export': operation({
    roles: ['supervisor', 'inspector', 'administrator'],
    discloses: true,
    input: z.object({ format, purpose }),
    output: ExportedFile,
  }),
} as const;
