import { CLASSES_OF } from '../domain/line.ts';
import { obligationsOfKind } from './obligations/registry.ts';
import {
  obligeName,
  type RegimeFile,
  type RegimeSettings,
  type WrittenRule,
} from './regime-shape.ts';
import type { ObligationName, RequirementName } from './requirement.ts';
import { canAsk, requirementsOfKind } from './requirements/registry.ts';

/** One fault of a file that has the right shape: where, and what to do about it. */
export interface FileFault {
  readonly path: string;
  readonly text: string;
}

/** Which setting a requirement or an obligation relies on. */
const NEEDED_SETTING: Partial<
  Record<RequirementName | ObligationName, keyof RegimeSettings & string>
> = {
  'due-back': 'dayReturnCutOff',
  'presence-day': 'partDayRule',
  'post-release-audit': 'postReleaseAuditPercent',
  'vat-deferral': 'vatDeferral',
  'import-tax-rate': 'importTaxPercent',
  'origin-met': 'origin',
  'health-test-within': 'healthTestHours',
  'enterprise-tier': 'leastTier',
};

/** Persons' crossings and enterprises' goods have an allowance each. */
function settingOf(name: RequirementName | ObligationName, kind: WrittenRule['kind']) {
  if (name !== 'within-allowance' && name !== 'allowance') return NEEDED_SETTING[name];
  return kind === 'person' ? 'personAllowance' : 'enterpriseAllowance';
}

/** Everything that the shape alone cannot say, over all rules and settings. */
export function fileFaults(file: RegimeFile): FileFault[] {
  const faults: FileFault[] = [];
  if (file.changedBy !== undefined && file.authorities === undefined) {
    const text = '"changedBy" relies on it: say who stands on either side';
    faults.push({ path: 'authorities', text });
  }
  const seen = new Map<string, number>();
  for (const [index, rule] of file.rules.entries()) {
    const path = `rules[${index}] (${rule.id})`;
    const first = seen.get(rule.id);
    if (first !== undefined) {
      faults.push({ path: `${path}.id`, text: `rules[${first}] has this id too: rename one` });
    }
    seen.set(rule.id, index);
    faults.push(...ruleFaults(rule, path), ...obligationFaults(rule, path, file));
    faults.push(...timeFaults(rule, path, file), ...missingSettings(rule, path, file.settings));
  }
  return faults;
}

function ruleFaults(rule: WrittenRule, path: string): FileFault[] {
  const faults: FileFault[] = [];
  if ((rule.line === 'inner') !== (rule.direction === 'across')) {
    const text = 'an inner passage is crossed "across", a line "in", "out" or "both"';
    faults.push({ path: `${path}.direction`, text });
  }
  for (const [at, name] of rule.classes.entries()) {
    const where = `${path}.classes[${at}]`;
    if (!CLASSES_OF[rule.kind].includes(name)) {
      const text = `no ${rule.kind} has the class "${name}": ${CLASSES_OF[rule.kind].join(', ')}`;
      faults.push({ path: where, text });
    }
    if (rule.classes.indexOf(name) !== at) {
      faults.push({ path: where, text: `"${name}" stands here twice: remove one` });
    }
  }
  faults.push(...requirementFaults(rule, path));
  return faults;
}

function requirementFaults(rule: WrittenRule, path: string): FileFault[] {
  const faults: FileFault[] = [];
  const seen = new Set<RequirementName>();
  const mayLeave = rule.direction === 'out' || rule.direction === 'both';
  for (const [at, { is, or = [], else: written }] of rule.require.entries()) {
    const here = `${path}.require[${at}]`;
    for (const [n, name] of [is, ...or].entries()) {
      const where = n === 0 ? `${here}.is` : `${here}.or[${n - 1}]`;
      if (seen.has(name)) faults.push({ path: where, text: `"${name}" stands here twice` });
      seen.add(name);
      if (canAsk(name, rule.kind)) continue;
      const can = requirementsOfKind(rule.kind).join(', ');
      const text = `"${name}" cannot be checked for a ${rule.kind}: use one of ${can}`;
      faults.push({ path: where, text });
    }
    // Nobody is kept in.
    if (rule.kind === 'person' && mayLeave && written === 'refuse') {
      const text =
        'a way out is never refused for what the data say: write "refer", ' +
        'or write the way in as a rule of its own';
      faults.push({ path: `${here}.else`, text });
    }
  }
  return faults;
}

function obligationFaults(rule: WrittenRule, path: string, file: RegimeFile): FileFault[] {
  const faults: FileFault[] = [];
  const names = rule.oblige.map(obligeName);
  for (const [at, name] of names.entries()) {
    const where = `${path}.oblige[${at}]`;
    const can = obligationsOfKind(rule.kind);
    if (!can.includes(name)) {
      const use = can.join(', ');
      const text = `"${name}" cannot follow a ${rule.kind}'s crossing: use one of ${use}`;
      faults.push({ path: where, text });
    }
    if (name !== 'file-with' && names.indexOf(name) !== at) {
      faults.push({ path: where, text: `"${name}" stands here twice` });
    }
    if (name === 'due-back' && rule.direction !== 'in') {
      faults.push({ path: where, text: '"due-back" follows a way in only' });
    }
    if (name !== 'joint-record') continue;
    if (rule.line !== 'first') {
      const text = '"joint-record" needs two authorities: they meet at the first line only';
      faults.push({ path: where, text });
    } else if (file.authorities === undefined) {
      const text = `"joint-record" in ${path} relies on it: say who stands on either side`;
      faults.push({ path: 'authorities', text });
    }
  }
  return faults;
}

function timeFaults(
  { effectiveFrom, effectiveTo }: WrittenRule,
  path: string,
  file: RegimeFile,
): FileFault[] {
  if (effectiveTo === undefined) return [];
  const toMs = Date.parse(effectiveTo);
  const where = `${path}.effectiveTo`;
  if (effectiveFrom !== undefined && toMs <= Date.parse(effectiveFrom)) {
    return [{ path: where, text: 'ends before it begins: this rule is never reached' }];
  }
  if (toMs > Date.parse(file.effectiveFrom)) return [];
  return [{ path: where, text: 'ends before the regime begins: this rule is never reached' }];
}

function missingSettings(rule: WrittenRule, path: string, settings: RegimeSettings): FileFault[] {
  const faults: FileFault[] = [];
  const asked = rule.require.flatMap(({ is, or = [] }) => [is, ...or]);
  for (const name of [...asked, ...rule.oblige.map(obligeName)]) {
    const setting = settingOf(name, rule.kind);
    if (setting !== undefined && settings[setting] === undefined) {
      const text = `"${name}" in ${path} relies on it: add it to the settings`;
      faults.push({ path: `settings.${setting}`, text });
    }
  }
  return faults;
}
