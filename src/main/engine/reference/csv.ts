/** One record of a CSV text, with the number of the line it begins on (the header is line 1). */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
  /** Why nothing after this record can be read; null where it is whole. */
  readonly broken: string | null;
}

const MAX_FIELD = 4000;
/** Characters that one record may take; it is kept in memory until it is whole. */
const MAX_RECORD = 1_000_000;

/**
 * RFC 4180 records of a text that comes in pieces: quotes, doubled quotes, line ends inside quotes,
 * CRLF or LF, a leading byte-order mark. Never throws: rubbish becomes odd fields, which the row
 * checks refuse. No more of the text is kept than a piece and the record that it cuts.
 */
export function* csvRecords(pieces: Iterable<string>): Generator<CsvRecord> {
  let text = '';
  let line = 1;
  let isFirst = true;
  for (const piece of pieces) {
    text += piece;
    if (isFirst && text !== '') {
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1);
      isFirst = false;
    }
    let from = 0;
    let next = record(text, from, line);
    // A record that ends where the text does may go on in the next piece.
    while (next.end < text.length) {
      if (!next.isBlank) yield next;
      line = next.nextLine;
      from = next.end;
      next = record(text, from, line);
    }
    text = text.slice(from);
    if (text.length > MAX_RECORD) {
      yield { ...next, broken: next.broken ?? `the record in line ${line} has no end` };
      return;
    }
  }
  for (let from = 0; from < text.length; ) {
    const last = record(text, from, line);
    if (!last.isBlank) yield last;
    line = last.nextLine;
    from = last.end;
  }
}

interface Parsed extends CsvRecord {
  /** Where the next record begins, and on which line. */
  readonly end: number;
  readonly nextLine: number;
  readonly isBlank: boolean;
}

function record(text: string, from: number, line: number): Parsed {
  const fields: string[] = [];
  let at = from;
  let nextLine = line;
  let isUnclosed = false;
  for (let isMore = true; isMore; ) {
    const field = text[at] === '"' ? quoted(text, at) : plain(text, at);
    fields.push(field.value.slice(0, MAX_FIELD));
    nextLine += field.lines;
    isUnclosed ||= field.isUnclosed;
    at = field.end;
    isMore = text[at] === ',';
    if (isMore) at += 1;
  }
  if (text[at] === '\r') at += 1;
  if (text[at] === '\n') {
    at += 1;
    nextLine += 1;
  }
  const isBlank = fields.length === 1 && fields[0] === '';
  const broken = isUnclosed ? `a quote is opened in line ${line} and never closed` : null;
  return { line, fields, broken, end: at, nextLine, isBlank };
}

interface Field {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
  readonly isUnclosed: boolean;
}

function plain(text: string, from: number): Field {
  let end = from;
  while (end < text.length) {
    const c = text[end];
    if (c === ',' || c === '\n' || (c === '\r' && text[end + 1] === '\n')) break;
    end += 1;
  }
  return { value: text.slice(from, end), end, lines: 0, isUnclosed: false };
}

function quoted(text: string, from: number): Field {
  let value = '';
  let lines = 0;
  let at = from + 1;
  while (at < text.length) {
    const c = text[at];
    if (c === '"' && text[at + 1] === '"') {
      value += '"';
      at += 2;
    } else if (c === '"') {
      const rest = plain(text, at + 1);
      return { value: value + rest.value, end: rest.end, lines, isUnclosed: false };
    } else {
      if (c === '\n') lines += 1;
      value += c;
      at += 1;
    }
  }
  return { value, end: at, lines, isUnclosed: true };
}
