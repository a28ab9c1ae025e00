import { type ESTree, parseSync, Visitor } from 'vite';

/** A tracked file: its path from the root, with forward slashes, and its whole text. */
export interface File {
  readonly path: string;
  readonly text: string;
}

/** One broken rule at one place; `line` starts at 1. */
export interface Fault {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly what: string;
}

/** What a rule needs of a parsed TypeScript or JavaScript file. */
export interface Code {
  readonly file: File;
  readonly program: ESTree.Program;
  /** Every module named by an import, a re-export, `import()` or an import type. */
  readonly imports: readonly { readonly from: string; readonly line: number }[];
  readonly lineAt: (offset: number) => number;
}

const CODE = /\.(ts|tsx|mjs|cjs)$/;

export function isCode(path: string): boolean {
  return CODE.test(path);
}

/** The line number, from 1, of an offset in a text. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}

/** @throws Error naming the file and the parser's first complaint when it is not valid code */
export function parseCode(file: File): Code {
  const name = file.path.split('/').at(-1) ?? file.path;
  const { program, errors } = parseSync(name, file.text);
  if (errors[0]) throw new Error(`${file.path}: ${errors[0].message}`);
  const lineAt = (offset: number) => lineOf(file.text, offset);
  const imports: { from: string; line: number }[] = [];
  const add = (source: { value: unknown; start: number } | null | undefined) => {
    if (typeof source?.value !== 'string') return;
    imports.push({ from: source.value, line: lineAt(source.start) });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source),
    ExportNamedDeclaration: (node) => add(node.source),
    ExportAllDeclaration: (node) => add(node.source),
    ImportExpression: (node) => add(node.source.type === 'Literal' ? node.source : null),
    TSImportType: (node) => add(node.source),
  }).visit(program);
  return { file, program, imports, lineAt };
}
