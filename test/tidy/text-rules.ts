import { type Fault, type File, isCode } from './source.ts';

const MAX_FILE_LINES = 400;
const MAX_LINE_CHARS = 100;

/** Words that must not stand in this very file as they are, or it would find itself. */
const join = (...parts: string[]) => parts.join('');
const LEFT_OVERS = new RegExp(
  `\\b(${join('FIX', 'ME')}|${join('TO', 'DO')}|${join('X', 'XX')})\\b`,
);
const SILENCED = new RegExp(
  [
    join('@ts-', '(ignore|expect-error|nocheck)'),
    join('(eslint|oxlint)-', 'disable'),
    join('biome-', 'ignore'),
  ].join('|'),
);
const HOMES = [join('ro', 'ot'), 'home', 'Users', 'work', join('t', 'mp')].join('|');
const MACHINE_PATH = new RegExp(`(^|[\\s"'\`=(:,\\[])(/(${HOMES})/\\w|[A-Z]:\\\\+Users)`);
const REGISTRY = new RegExp(
  `//[\\w.-]*${join('regis', 'try')}|${join('regis', 'try')}\\.(npm|yarn)|${join('npm', 'mirror')}`,
);
const HEAP = new RegExp(`(^|/)(${join('ut', 'ils?')}|${join('help', 'ers?')})(/|\\.\\w+$)`, 'i');

/** A rule over one file's text. */
export type TextRule = (file: File) => Fault[];

function perLine(file: File, rule: string, what: (line: string) => string | undefined): Fault[] {
  return file.text.split('\n').flatMap((line, at) => {
    const found = what(line);
    return found === undefined ? [] : [{ path: file.path, line: at + 1, rule, what: found }];
  });
}

/** Code and style sheets only: data and texts have lines of their own kind. */
function isWritten(path: string): boolean {
  return isCode(path) || path.endsWith('.css');
}

export const noLongFile: TextRule = ({ path, text }) => {
  const lines = text.replace(/\n$/, '').split('\n').length;
  if (!isWritten(path) || lines <= MAX_FILE_LINES) return [];
  return [
    { path, line: 1, rule: 'file length', what: `${lines} lines, ${MAX_FILE_LINES} allowed` },
  ];
};

export const noLongLine: TextRule = (file) => {
  if (!isWritten(file.path)) return [];
  return perLine(file, 'line length', (line) => {
    const length = [...line.replace(/https?:\/\/\S+/, '')].length;
    return length > MAX_LINE_CHARS ? `${length} characters, ${MAX_LINE_CHARS} allowed` : undefined;
  });
};

export const noLeftOver: TextRule = (file) =>
  perLine(file, 'left-over', (line) => LEFT_OVERS.exec(line)?.[0]);

export const noSilencedCheck: TextRule = (file) =>
  isWritten(file.path) ? perLine(file, 'silenced check', (line) => SILENCED.exec(line)?.[0]) : [];

export const noMachinePath: TextRule = (file) =>
  perLine(file, 'machine path', (line) => MACHINE_PATH.exec(line)?.[0].trim());

export const noRegistryHost: TextRule = (file) =>
  perLine(file, 'registry host', (line) => REGISTRY.exec(line)?.[0]);

/** A name that says nothing of what is inside gathers everything. */
export const noHeap: TextRule = ({ path }) => {
  const found = HEAP.exec(path)?.[0];
  return found === undefined ? [] : [{ path, line: 1, rule: 'heap', what: found }];
};

export const textRules: readonly TextRule[] = [
  noLongFile,
  noLongLine,
  noLeftOver,
  noSilencedCheck,
  noMachinePath,
  noRegistryHost,
  noHeap,
];
