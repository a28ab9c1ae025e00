/** One record of a CSV text, with the number of the line it begins on (the header is line 1). */
export interface CsvRecord {
  readonly line: number;
  readonly fields: readonly string[];
  /** A quote was opened and never closed: the rest of the text stands in this field. */
  readonly unclosed: boolean;
}

const MAX_FIELD = 4000;

/**
 * RFC 4180 records of a text: quotes, doubled quotes, line ends inside quotes, CRLF or LF, a
 * leading byte-order mark. Never throws: rubbish becomes odd fields, which the row checks refuse.
 */
export function* csvRecords(text: string): Generator<CsvRecord> {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const begun = line;
    const fields: string[] = [];
    let more = true;
    let unclosed = false;
    while (more) {
      const field = text[at] === '"' ? quoted(text, at) : plain(text, at);
      fields.push(field.value.slice(0, MAX_FIELD));
      line += field.lines;
      unclosed ||= field.unclosed;
      at = field.end;
      more = text[at] === ',';
      if (more) at += 1;
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') {
      at += 1;
      line += 1;
    }
    if (fields.length > 1 || fields[0] !== '') yield { line: begun, fields, unclosed };
  }
}

interface Field {
  readonly value: string;
  readonly end: number;
  readonly lines: number;
  readonly unclosed: boolean;
}

function plain(text: string, from: number): Field {
  let end = from;
  while (end < text.length) {
    const c = text[end];
    if (c === ',' || c === '\n' || (c === '\r' && text[end + 1] === '\n')) break;
    end += 1;
  }
  return { value: text.slice(from, end), end, lines: 0, unclosed: false };
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
      return { value: value + rest.value, end: rest.end, lines, unclosed: false };
    } else {
      if (c === '\n') lines += 1;
      value += c;
      at += 1;
    }
  }
  return { value, end: at, lines, unclosed: true };
}
