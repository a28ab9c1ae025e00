/** Reads CSV as RFC 4180 says and no laxer: throws where a quote or a line end is out of place. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const [cell, next] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell);
    if (text[next] === ',') {
      at = next + 1;
      continue;
    }
    if (!text.startsWith('\r\n', next)) throw new Error(`no line end at ${next}`);
    rows.push(row);
    row = [];
    at = next + 2;
  }
  if (row.length > 0) throw new Error('the last row has no line end');
  return rows;
}

function quoted(text: string, start: number): [string, number] {
  let cell = '';
  let at = start + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) throw new Error(`a quote from ${start} is never closed`);
    cell += text.slice(at, quote);
    if (text[quote + 1] !== '"') return [cell, quote + 1];
    cell += '"';
    at = quote + 2;
  }
}

function plain(text: string, start: number): [string, number] {
  const rest = text.slice(start);
  const length = rest.search(/[,\r\n]/);
  const cell = length === -1 ? rest : rest.slice(0, length);
  if (cell.includes('"')) throw new Error(`a bare quote after ${start}`);
  return [cell, start + cell.length];
}
