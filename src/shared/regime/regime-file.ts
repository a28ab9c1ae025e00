import type { z } from 'zod';
import { type Fault, fail, ok, type Result } from '../lib/result.ts';
import { type RegimeFile, type RegimeRule, RegimeShape, type WrittenRule } from './regime-shape.ts';
import { type FileFault, fileFaults } from './rule-faults.ts';

/** A regime as the console works with it: the file, and its effective times as numbers. */
export type Regime = Omit<RegimeFile, 'rules'> & {
  readonly rules: readonly RegimeRule[];
  /** From this moment on, ms since 1970; before it the regime decides nothing. */
  readonly effectiveFromMs: number;
};

/** True once a regime decides, at a moment of the zone's calendar, ms since 1970. */
export function isInForce({ effectiveFromMs }: Regime, atMs: number): boolean {
  return atMs >= effectiveFromMs;
}

/** Whose persons must both agree to another version; null where any two may. */
export function eachSideOf({ authorities, changedBy }: Regime) {
  return changedBy === undefined ? null : (authorities ?? null);
}

/** Says plainly that a regime decides nothing yet. */
export function notInForceText({ id, version, effectiveFrom }: Regime): string {
  const until = 'until then every crossing is referred to a person';
  return `regime ${id} version ${version} is not in force before ${effectiveFrom}: ${until}`;
}

/** Why a file is no regime: in one text, and each fault by its place in the file. */
export interface RegimeFault extends Fault {
  readonly faults: readonly FileFault[];
}

const MAX_FILE_CHARS = 1_000_000;
const MAX_FAULTS_NAMED = 20;

/**
 * Reads a regime file's text. `where` is the file's name, for the fault's text. Faults:
 * `regime-too-large`, `regime-not-json`, `regime-invalid` (each fault named by its path in the
 * file, with what to do). Whether every case of a site resolves is `checkRegime`'s question.
 */
export function parseRegime(text: string, where: string): Result<Regime, RegimeFault> {
  if (text.length > MAX_FILE_CHARS) {
    const size = `${text.length} characters, at most ${MAX_FILE_CHARS} are read`;
    return unread('regime-too-large', `${where} is no regime file: ${size}.`, where);
  }
  const json = readJson(text);
  if (!json.ok) {
    const told = `${where} is not JSON (${json.fault.text}). Correct it there and load it again.`;
    return unread('regime-not-json', told, where);
  }
  const shaped = RegimeShape.safeParse(json.value);
  if (!shaped.success) return invalid(shaped.error.issues.map(issueFault), where);
  const faults = fileFaults(shaped.data);
  if (faults.length > 0) return invalid(faults, where);
  return ok(regimeOf(shaped.data));
}

/** A regime as it is worked with, of a file that is known to be right. */
export function regimeOf(file: RegimeFile): Regime {
  const rules = file.rules.map(withTimes);
  return { ...file, rules, effectiveFromMs: Date.parse(file.effectiveFrom) };
}

/** The file again, as it was written. */
export function fileOf({ effectiveFromMs: _, rules, ...file }: Regime): RegimeFile {
  return { ...file, rules: rules.map(writtenRule) };
}

/** A rule without what was worked out of it. */
export function writtenRule({ fromMs: _from, toMs: _to, ...rule }: RegimeRule): WrittenRule {
  return rule;
}

function withTimes(rule: WrittenRule): RegimeRule {
  const { effectiveFrom, effectiveTo } = rule;
  const fromMs = effectiveFrom === undefined ? -Infinity : Date.parse(effectiveFrom);
  const toMs = effectiveTo === undefined ? Infinity : Date.parse(effectiveTo);
  return { ...rule, fromMs, toMs };
}

function unread(code: string, text: string, where: string): Result<never, RegimeFault> {
  return { ok: false, fault: { code, text, where, faults: [{ path: '(the whole file)', text }] } };
}

function readJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text.replace(/^\uFEFF/, '')) as unknown);
  } catch (error) {
    return fail('not-json', error instanceof Error ? error.message.slice(0, 200) : 'unreadable');
  }
}

function issueFault(issue: z.core.$ZodIssue): FileFault {
  let path = '';
  for (const step of issue.path) {
    if (typeof step === 'number') path += `[${step}]`;
    else path += path === '' ? String(step) : `.${String(step)}`;
  }
  return { path: path === '' ? '(the whole file)' : path, text: issue.message.slice(0, 400) };
}

/** Names every fault, up to a limit, so that one reading is enough to mend the file. */
function invalid(faults: readonly FileFault[], where: string): Result<never, RegimeFault> {
  const named = faults.slice(0, MAX_FAULTS_NAMED).map(({ path, text }) => `${path}: ${text}`);
  const more = faults.length - named.length;
  if (more > 0) named.push(`and ${more} more`);
  const told = `${where} is not a valid regime file. Correct each: ${named.join('; ')}.`;
  return { ok: false, fault: { code: 'regime-invalid', text: told, where, faults } };
}
