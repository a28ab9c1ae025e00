const [NEW_LINE, QUOTE, BACKSLASH, COMMA, BEGINS] = [0x0a, 0x22, 0x5c, 0x2c, 0x5b];
const [OPENS, CLOSES] = [new Set([BEGINS, 0x7b]), new Set([0x5d, 0x7d])];
const SPACE = new Set([0x20, 0x09, 0x0d, NEW_LINE, 0xfeff]);
/** Characters that one element may take; it is kept in memory until it is whole. */
const MAX_ELEMENT = 1_000_000;

/** The text of one element of a JSON array, and the line, from 1, on which it begins. */
export interface JsonElement {
  readonly line: number;
  readonly text: string;
  /** Why this and what comes after cannot be read; null where it can. */
  readonly broken: string | null;
}

/**
 * The elements of a JSON array that comes in pieces, each as its own text, which is not parsed
 * here. Never throws. No more of the text is kept than a piece and the element that it cuts.
 */
export function* jsonElements(pieces: Iterable<string>): Generator<JsonElement> {
  const scan = new Scan();
  for (const piece of pieces) {
    yield* scan.piece(piece);
    if (scan.broken !== null) break;
  }
  const broken = scan.broken ?? scan.unfinished();
  if (broken !== null) yield { line: scan.line, text: '', broken };
}

class Scan {
  line = 1;
  broken: string | null = null;
  /** Open brackets and braces: 0 before and after the array, 1 between its elements. */
  #depth = 0;
  #isOver = false;
  #isInString = false;
  #isEscaped = false;
  /** What earlier pieces had of the element under way; null between two elements. */
  #begun: string | null = null;
  #begunLine = 1;
  #isEmpty = true;

  *piece(text: string): Generator<JsonElement> {
    let from = 0;
    for (let i = 0; i < text.length && this.broken === null; i += 1) {
      const char = text.charCodeAt(i);
      if (char === NEW_LINE) this.line += 1;
      if (this.#isInString) {
        this.#inString(char);
        continue;
      }
      if (this.#depth === 1 && !SPACE.has(char)) {
        const ends = char === COMMA || CLOSES.has(char);
        if (ends && this.#begun !== null) {
          yield { line: this.#begunLine, text: this.#begun + text.slice(from, i), broken: null };
          this.#begun = null;
          this.#isEmpty = false;
        } else if (ends && (char === COMMA || !this.#isEmpty)) {
          this.broken = 'not JSON: an element is missing';
        } else if (!ends && this.#begun === null) {
          this.#begun = '';
          this.#begunLine = this.line;
          from = i;
        }
      }
      this.#outside(char);
    }
    if (this.#begun === null) return;
    this.#begun += text.slice(from);
    if (this.#begun.length > MAX_ELEMENT) {
      this.broken = `not JSON: the element in line ${this.#begunLine} has no end`;
    }
  }

  unfinished(): string | null {
    return this.#isOver ? null : 'not JSON: the array has no end';
  }

  #inString(char: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (char === BACKSLASH) this.#isEscaped = true;
    else if (char === QUOTE) this.#isInString = false;
  }

  #outside(char: number): void {
    if (this.#depth === 0 && !SPACE.has(char)) {
      if (this.#isOver) this.broken = 'not JSON: something stands behind the array';
      else if (char !== BEGINS) this.broken = 'a JSON dataset is an array of rows';
    }
    if (char === QUOTE) this.#isInString = true;
    else if (OPENS.has(char)) this.#depth += 1;
    else if (CLOSES.has(char)) {
      this.#depth -= 1;
      this.#isOver = this.#depth === 0;
    }
  }
}
