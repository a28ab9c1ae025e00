import type { JournalFiles } from './journal-files.ts';

/** What people typed, by its id; in whichever file of the journal it stands. */
export class TypedTexts {
  readonly #reads;

  constructor(segments: JournalFiles) {
    const newestFirst = segments.all.toReversed();
    this.#reads = newestFirst.map(({ db }) =>
      db.query<[string], { body: string }>('SELECT body FROM typed_text WHERE text = ?'),
    );
  }

  /** Null where nothing was typed, and where it was erased since. */
  of(text: string | null): string | null {
    if (text === null) return null;
    for (const read of this.#reads) {
      const row = read.get(text);
      if (row !== undefined) return row.body;
    }
    return null;
  }
}
