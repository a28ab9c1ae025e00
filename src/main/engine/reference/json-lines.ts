const [NEW_LINE, QUOTE, BACKSLASH, COMMA] = [0x0a, 0x22, 0x5c, 0x2c];
const [OPENS, CLOSES] = [new Set([0x5b, 0x7b]), new Set([0x5d, 0x7d])];
const SPACE = new Set([0x20, 0x09, 0x0d, NEW_LINE]);

/**
 * The line, from 1, on which each element of a JSON array begins. The text must have been parsed:
 * nothing is checked here.
 */
export function* elementLines(text: string): Generator<number> {
  let line = 1;
  let depth = 0;
  let isBetween = true;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (char === NEW_LINE) line += 1;
    if (SPACE.has(char)) continue;
    if (depth === 1 && isBetween && !CLOSES.has(char)) {
      yield line;
      isBetween = false;
    }
    if (char === QUOTE) i = endOfString(text, i);
    else if (OPENS.has(char)) depth += 1;
    else if (CLOSES.has(char)) depth -= 1;
    else if (char === COMMA && depth === 1) isBetween = true;
  }
}

/** Where the string that begins here has its closing quote; it holds no bare line end. */
function endOfString(text: string, from: number): number {
  let i = from + 1;
  while (i < text.length && text.charCodeAt(i) !== QUOTE) {
    i += text.charCodeAt(i) === BACKSLASH ? 2 : 1;
  }
  return i;
}
