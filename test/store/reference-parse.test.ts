import { expect, test } from 'vitest';
import { DatasetText } from '../../src/main/engine/reference/parse.ts';
import type { DatasetName } from '../../src/shared/domain/permit.ts';

const HEADER =
  'permit,person,credential,class,status,validFrom,validTo,areas,hours,enterprise,consentAt,trade';
const COLUMNS = HEADER.split(',');
const ROW = [
  ...['SP-1', 'P-1', 'h10301/1/1', 'special-pass', 'active', '2026-01-01T00:00+08:00'],
  ...['2027-01-01T00:00+08:00', 'loop|san-tin', '07:00-23:00', 'E-1', '', 'engineer'],
];

type Format = 'csv' | 'json';

/** A text in pieces of so many characters each. */
function pieces(text: string, size = 1_000_000): string[] {
  const count = Math.ceil(text.length / size);
  return Array.from({ length: count }, (_, i) => text.slice(i * size, (i + 1) * size));
}

/** The rows of a text as far as it can be read, what was left out, and how it ended. */
function parse(text: string, dataset: DatasetName, format: Format, size?: number) {
  const of = new DatasetText(dataset, format, pieces(text, size), `${dataset}.${format}`);
  const rows: unknown[] = [];
  const all = of.rows();
  for (let next = all.next(); ; next = all.next()) {
    const { refused, refusedCount } = of;
    if (next.done === true) return { rows, refused, refusedCount, end: next.value };
    rows.push(next.value.row);
  }
}

/** Whether a text can be read to its end. */
function csv(text: string, dataset: DatasetName = 'permits') {
  return parse(text, dataset, 'csv').end;
}

/** The rows of a text that can be read, and what was left out of it. */
function read(text: string, dataset: DatasetName = 'permits') {
  const { end, ...told } = parse(text, dataset, 'csv');
  if (!end.ok) throw new Error(JSON.stringify(end.fault));
  return told;
}

const withField = (column: string, value: string) =>
  ROW.map((field, i) => (COLUMNS[i] === column ? value : field)).join(',');

test('a row becomes a permit: times in ms, areas apart, empty is nothing', () => {
  const { rows, refusedCount } = read(`${HEADER}\n${ROW.join(',')}\n`);
  expect(refusedCount).toBe(0);
  expect(rows).toEqual([
    {
      ...{ permit: 'SP-1', person: 'P-1', credential: 'h10301/1/1', class: 'special-pass' },
      ...{ status: 'active', areas: ['loop', 'san-tin'], enterprise: 'E-1', trade: 'engineer' },
      validFromMs: Date.UTC(2025, 11, 31, 16),
      validToMs: Date.UTC(2026, 11, 31, 16),
      hours: { fromMinute: 420, toMinute: 1380 },
      consentAtMs: null,
    },
  ]);
});

test('a byte-order mark, CRLF, quotes, another order and more columns are read', () => {
  const text =
    '\ufeff"document",note,"employer",nameEn,nameZh,person\r\n' +
    'K1,"two\r\nlines","Chan, Tai ""Man"" & Co",Chan Tai Man,陳大文,P-1\r\n' +
    '\r\n' +
    'K2,,Works,Lee,李,P-2';
  const { rows, refusedCount } = read(text, 'persons');
  expect(refusedCount).toBe(0);
  expect(rows).toEqual([
    {
      ...{ person: 'P-1', nameZh: '陳大文', nameEn: 'Chan Tai Man' },
      ...{ employer: 'Chan, Tai "Man" & Co', document: 'K1' },
    },
    { person: 'P-2', nameZh: '李', nameEn: 'Lee', employer: 'Works', document: 'K2' },
  ]);
});

test('each bad row is named by line, column and reason; the others stand', () => {
  const id = 'an id: letters, digits, . _ : / -';
  const time = 'a time with its zone, such as 2026-11-23T08:30+08:00';
  const hours = 'hours such as 07:00-23:00, from 00:00 to 24:00';
  const badge = 'a badge such as h10301/FACILITY/CARD, csn/HEX or raw/NUMBER, no zeros in front';
  const bad: [column: string, value: string, text: string | RegExp][] = [
    ['permit', '', id],
    ['person', 'P 1', id],
    ['credential', '4711', badge],
    ['credential', 'h10301/012/4567', badge],
    ['credential', 'h10302/1/2', badge],
    ['credential', 'csn/04a1b2c3', badge],
    ['class', 'vip', /one of "special-pass"\|"hk-resident"/],
    ['status', 'ok', /one of "active"\|"suspended"\|"revoked"/],
    ['validFrom', '2026-01-01', time],
    ['validFrom', '2026-01-01T00:00', time],
    ['validFrom', '2026-13-01T00:00+08:00', time],
    ['validTo', '2027-02-30T00:00+08:00', time],
    ['validTo', '2027-01-01T25:00+08:00', time],
    ['validTo', '2025-06-01T00:00+08:00', 'ends before it begins'],
    ['areas', 'loop|', id],
    ['hours', '7-23', hours],
    ['hours', '07:00-24:01', hours],
    ['hours', '24:00-24:00', hours],
    ['enterprise', 'E 1', id],
    ['consentAt', 'yes', time],
    ['trade', 'x'.repeat(65), /<=64 characters/],
  ];
  const lines = bad.map(([column, value]) => withField(column, value));
  const { rows, refused, refusedCount } = read([HEADER, ...lines, ROW.join(',')].join('\n'));
  expect(rows).toMatchObject([{ permit: 'SP-1' }]);
  expect(refusedCount).toBe(bad.length);
  for (const [i, [column, , text]] of bad.entries()) {
    expect(refused[i]).toMatchObject({ line: i + 2, column });
    if (typeof text === 'string') expect(refused[i]?.text).toBe(text);
    else expect(refused[i]?.text).toMatch(text);
  }
});

test('the line named is the one in the file, also behind quoted line ends', () => {
  const text = `person,nameZh,nameEn,employer,document\nP-1,"a\n\nb",c,d,e\n!,a,b,c,d\n`;
  expect(read(text, 'persons').refused).toMatchObject([{ line: 5, column: 'person' }]);
});

test('hours may run over midnight, and a time may carry seconds', () => {
  const night = withField('hours', '22:00-06:00');
  const { rows } = read(`${HEADER}\n${night}`);
  expect(rows[0]).toMatchObject({ hours: { fromMinute: 1320, toMinute: 360 } });
  const exact = withField('validFrom', '2026-01-01T00:00:01.5Z');
  expect(read(`${HEADER}\n${exact}`).rows[0]).toMatchObject({
    validFromMs: Date.UTC(2026, 0, 1, 0, 0, 1, 500),
  });
});

test('a row with too few or too many fields is left out, with how many it has', () => {
  const text = [HEADER, 'SP-1,P-1', `${ROW.join(',')},more`].join('\n');
  expect(read(text).refused).toEqual([
    { line: 2, column: '-', text: '2 fields, the header has 12' },
    { line: 3, column: '-', text: '13 fields, the header has 12' },
  ]);
});

test('thousands of bad rows are all counted, and the first 200 named', () => {
  const { refused, refusedCount } = read([HEADER, ...Array(5_000).fill('x,y')].join('\n'));
  expect(refusedCount).toBe(5_000);
  expect(refused).toHaveLength(200);
});

test('nothing is loaded where the header lacks a column, or has one twice', () => {
  for (const text of ['', '\n\n', 'permit,person\n', `${HEADER.toUpperCase()}\n${ROW.join(',')}`]) {
    expect(csv(text)).toMatchObject({
      ok: false,
      fault: { code: 'dataset-unreadable', where: 'permits.csv:1' },
    });
  }
  const lacking = csv('permit,person,credential,class,status,validFrom,validTo,areas\n');
  expect(lacking).toMatchObject({
    fault: { text: 'the header line lacks hours, enterprise, consentAt, trade' },
  });
  const twice = csv(`${HEADER},status\n${ROW.join(',')},revoked`);
  expect(twice).toMatchObject({ fault: { text: 'the header line has status twice' } });
});

test('a quote that is never closed: nothing is loaded, the line is named', () => {
  const rows = Array.from({ length: 50 }, (_, i) => withField('permit', `SP-${i + 1}`));
  rows[20] = withField('trade', '"engineer');
  expect(csv([HEADER, ...rows].join('\n'))).toEqual({
    ok: false,
    fault: {
      code: 'dataset-unreadable',
      text: 'a quote is opened in line 22 and never closed: the rest cannot be read',
      where: 'permits.csv:22',
    },
  });
});

test('JSON: the same rows as an array, each named by its line', () => {
  const rows = [
    { person: 'P-1', line: 'first', from: '2026-01-01T00:00Z', to: '2026-02-01T00:00Z' },
    { person: 'P-1', line: 'third', from: '2026-01-01T00:00Z', to: '2026-02-01T00:00Z' },
    { person: 'P-1', line: 'first', from: '2026-02-01T00:00Z', to: '2026-01-01T00:00Z' },
    {},
    null,
    ['P-1'],
  ];
  const text = `\ufeff[\n${rows.map((row) => JSON.stringify(row)).join(',\r\n')}\n]\n`;
  const { rows: found, refused } = parse(text, 'clearances', 'json');
  expect(found).toMatchObject([{ person: 'P-1', line: 'first' }]);
  expect(refused).toMatchObject([
    { line: 3, column: 'line' },
    { line: 4, column: 'to', text: 'ends before it begins' },
    { line: 5, column: 'person' },
    { line: 6, column: '-' },
    { line: 7, column: '-' },
  ]);
});

test('JSON: a row is named by the line it begins on, however the file is laid out', () => {
  const row = { person: 'a "[,{" \\', line: 'third', from: [1, { to: 2 }], to: {} };
  const linesOf = (text: string) => {
    const { refused, end } = parse(text, 'clearances', 'json');
    return end.ok ? refused.map(({ line }) => line) : end.fault;
  };
  const long = JSON.stringify(row, null, 2);
  expect(linesOf(JSON.stringify([row, row]))).toEqual([1, 1]);
  expect(linesOf(JSON.stringify([row, row, [], 7, 'x'], null, 2))).toEqual([2, 13, 24, 25, 26]);
  expect(linesOf(`[${long},\n\n  ${long}, ${long}]`)).toEqual([1, 13, 23]);
  expect(linesOf('[]')).toEqual([]);
});

test('what is not JSON, or no array of rows, is refused whole', () => {
  const fault = (text: string) => {
    const { end } = parse(text, 'permits', 'json');
    return end.ok ? null : end.fault;
  };
  const told = { code: 'dataset-unreadable', where: 'permits.json' };
  for (const text of ['', ' ', '[', '[1,]', '[,]', '[1 2]', '[{]', '["]', '[] []', '[]]']) {
    expect(fault(text)).toMatchObject({ ...told, text: expect.stringMatching(/^not JSON: /) });
  }
  for (const text of ['{}', '"permits"', 'null', '7']) {
    expect(fault(text)).toEqual({ ...told, text: 'a JSON dataset is an array of rows' });
  }
});

test('a text is read the same however it is cut into pieces', () => {
  const rows = [
    ...[
      '"document",note,"employer",nameEn,nameZh,person',
      'K1,"two\r\nlines","a ""b"", c",d,陳,P-1',
    ],
    ...['', 'K2,"",x,"d\n",李,P-2', '!,"a\n\n",b,c,d,P 3', 'K4,,e,f,"g","P-4"'],
  ];
  const people = `\ufeff${rows.join('\r\n')}`;
  const elements = JSON.stringify([{ person: 'a "[,{" \\' }, {}, 7, '"\\'], null, 1);
  const json = `\ufeff[\n${elements},\n[]]`;
  for (const [text, dataset, format] of [
    [people, 'persons', 'csv'],
    [json, 'persons', 'json'],
  ] as const) {
    const whole = parse(text, dataset, format);
    for (const size of [1, 2, 3, 7, 40]) {
      expect(parse(text, dataset, format, size), `${format} by ${size}`).toEqual(whole);
    }
  }
  expect(parse(people, 'persons', 'csv').rows).toHaveLength(3);
});

test('what has no end is not gathered for ever: a record, an element', () => {
  const long = 'x'.repeat(50_000);
  const broken = (begin: string, format: Format) => {
    let taken = 0;
    const endless = function* () {
      yield begin;
      for (; taken < 1_000; taken += 1) yield long;
    };
    const all = new DatasetText('persons', format, endless(), 'persons').rows();
    let next = all.next();
    while (next.done !== true) next = all.next();
    expect(taken).toBeLessThan(50);
    return next.value;
  };
  const header = 'person,nameZh,nameEn,employer,document\n';
  expect(broken(`${header}"`, 'csv')).toMatchObject({ fault: { where: 'persons:2' } });
  expect(broken(header, 'csv')).toMatchObject({
    fault: { text: 'the record in line 2 has no end: the rest cannot be read' },
  });
  expect(broken('["', 'json')).toMatchObject({
    fault: { code: 'dataset-unreadable', text: 'not JSON: the element in line 1 has no end' },
  });
});

test('rubbish never throws', () => {
  const rubbish = ['\0', '"', '"""', ',,,', '\r', '\r\n"', '\u2028', '💥'.repeat(9)];
  for (const text of rubbish) {
    for (const format of ['csv', 'json'] as const) {
      expect(() => parse(text, 'permits', format)).not.toThrow();
      expect(parse(text, 'permits', format).end.ok).toBe(false);
    }
  }
});
