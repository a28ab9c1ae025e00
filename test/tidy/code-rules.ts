import { type ESTree, Visitor } from 'vite';
import type { Code, Fault } from './source.ts';

const MAX_FUNCTION_LINES = 70;
const GROUPERS = new Set(['test', 'it', 'describe', 'suite']);

/** A rule over one parsed file. */
export type CodeRule = (code: Code) => Fault[];

type FunctionNode = ESTree.Function | ESTree.ArrowFunctionExpression;

/**
 * Whether a function registers tests: the callback of a `describe`, or a suite that is run on
 * several implementations. It only groups; each test in it is measured by itself.
 */
function groupsTests(node: FunctionNode): boolean {
  const statements = node.body?.type === 'BlockStatement' ? node.body.body : [];
  return statements.some((statement) => {
    if (statement.type !== 'ExpressionStatement') return false;
    const call = statement.expression;
    return call.type === 'CallExpression' && GROUPERS.has(memberNames(call.callee)[0] ?? '');
  });
}

/** `test.describe.only` as ['test', 'describe', 'only']; anything else in the chain ends it. */
function memberNames(node: ESTree.Expression | ESTree.Super): string[] {
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'CallExpression') return memberNames(node.callee);
  if (node.type !== 'MemberExpression' || node.computed) return [];
  if (node.property.type !== 'Identifier') return [];
  return [...memberNames(node.object), node.property.name];
}

export const noLongFunction: CodeRule = ({ file, program, lineAt }) => {
  const faults: Fault[] = [];
  const inTests = file.path.startsWith('test/');
  const measure = (node: FunctionNode) => {
    const line = lineAt(node.start);
    const lines = lineAt(node.end) - line + 1;
    if (lines <= MAX_FUNCTION_LINES || (inTests && groupsTests(node))) return;
    const what = `${lines} lines, ${MAX_FUNCTION_LINES} allowed`;
    faults.push({ path: file.path, line, rule: 'function length', what });
  };
  new Visitor({
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
  }).visit(program);
  return faults;
};

/** Tools demand a default export of their configuration; nothing else may have one. */
export const noDefaultExport: CodeRule = ({ file, program, lineAt }) => {
  if (/^[^/]+\.config\.ts$/.test(file.path)) return [];
  const faults: Fault[] = [];
  const add = (start: number) => {
    const what = 'export it by name';
    faults.push({ path: file.path, line: lineAt(start), rule: 'default export', what });
  };
  new Visitor({
    ExportDefaultDeclaration: (node) => add(node.start),
    ExportSpecifier: ({ exported, start }) => {
      const name = exported.type === 'Literal' ? exported.value : exported.name;
      if (name === 'default') add(start);
    },
  }).visit(program);
  return faults;
};

const CONTEXTS = new Set(['context', 'ctx', 't', 'task']);

/**
 * Why a call of a test function is not allowed, undefined when it is. A test may be left out while
 * it runs, with a reason that the run prints: `context.skip(condition, 'why')` in vitest,
 * `test.skip(condition, 'why')` in Playwright.
 */
function leavesOut(names: string[], call: ESTree.CallExpression): string | undefined {
  const last = names.at(-1);
  const ofTest = names.slice(0, -1).some((name) => GROUPERS.has(name));
  if (ofTest && last === 'only') return '.only leaves every other test out';
  if (ofTest && (last === 'todo' || last === 'skipIf' || last === 'runIf' || last === 'fixme')) {
    return `.${last} gives no reason; skip inside the test, with one`;
  }
  if (last !== 'skip' || !(ofTest || CONTEXTS.has(names[0] ?? ''))) return undefined;
  const reason = call.arguments[ofTest ? 1 : call.arguments.length - 1];
  const given =
    reason !== undefined &&
    reason.type !== 'FunctionExpression' &&
    reason.type !== 'ArrowFunctionExpression' &&
    !(reason.type === 'Literal' && (typeof reason.value !== 'string' || reason.value === ''));
  return given ? undefined : 'a skipped test without a reason';
}

export const noTestLeftOut: CodeRule = ({ file, program, lineAt }) => {
  if (!file.path.startsWith('test/')) return [];
  const faults: Fault[] = [];
  const add = (start: number, what: string) =>
    faults.push({ path: file.path, line: lineAt(start), rule: 'test left out', what });
  new Visitor({
    CallExpression: (node) => {
      // The second call of `test.skipIf(a)(…)` would tell the same fault again.
      if (node.callee.type === 'CallExpression') return;
      const names = memberNames(node.callee);
      const what = leavesOut(names, node);
      if (what) add(node.start, what);
      if (names.at(-1) === 'waitForTimeout') add(node.start, 'sleeps; await an event instead');
    },
  }).visit(program);
  return faults;
};

export const codeRules: readonly CodeRule[] = [noLongFunction, noDefaultExport, noTestLeftOut];
