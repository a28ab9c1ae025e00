import { CLASSES_OF } from '../domain/line.ts';
import type { RegimeFile, RegimeRule, RegimeSettings } from './regime-shape.ts';
import type { ObligationName, RequirementName } from './requirement.ts';
import { canAsk, requirementsOfKind } from './requirements/registry.ts';

/** One fault of a file that has the right shape: where, and what to do about it. */
export interface FileFault {
  readonly path: string;
  readonly text: string;
}

const PERSON_OBLIGATIONS: ReadonlySet<ObligationName> = new Set([
  'joint-record',
  'due-back',
  'presence-day',
  'file-with',
]);

/** Which setting a requirement or an obligation relies on. */
const NEEDED_SETTING: Partial<
  Record<RequirementName | ObligationName, keyof RegimeSettings & string>
> = {
  'due-back': 'dayReturnCutOff',
  'presence-day': 'partDayRule',
  'post-release-audit': 'postReleaseAuditPercent',
  'origin-met': 'origin',
  'health-test-within': 'healthTestHours',
  'enterprise-tier': 'leastTier',
};

/** Everything that the shape alone cannot say, over all rules and settings. */
export function fileFaults(file: RegimeFile): FileFault[] {
  const faults: FileFault[] = [];
  const seen = new Map<string, number>();
  for (const [index, rule] of file.rules.entries()) {
    const path = `rules[${index}] (${rule.id})`;
    const first = seen.get(rule.id);
    if (first !== undefined) {
      faults.push({ path: `${path}.id`, text: `rules[${first}] has this id too: rename one` });
    }
    seen.set(rule.id, index);
    faults.push(...ruleFaults(rule, path), ...missingSettings(rule, path, file.settings));
  }
  return faults;
}

function ruleFaults(rule: RegimeRule, path: string): FileFault[] {
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
  for (const [at, { is }] of rule.require.entries()) {
    if (rule.require.findIndex((other) => other.is === is) !== at) {
      faults.push({ path: `${path}.require[${at}].is`, text: `"${is}" stands here twice` });
    }
    if (!canAsk(is, rule.kind)) {
      const can = requirementsOfKind(rule.kind).join(', ');
      const text = `"${is}" cannot be checked for a ${rule.kind}: use one of ${can}`;
      faults.push({ path: `${path}.require[${at}].is`, text });
    }
  }
  if (rule.kind === 'person') faults.push(...personFaults(rule, path));
  return faults;
}

/** Nobody is kept in, and no duty of goods follows from somebody's crossing. */
function personFaults(rule: RegimeRule, path: string): FileFault[] {
  const faults: FileFault[] = [];
  const mayLeave = rule.direction === 'out' || rule.direction === 'both';
  for (const [at, requirement] of rule.require.entries()) {
    if (mayLeave && requirement.else === 'refuse') {
      const text =
        'a way out is never refused for what the data say: write "refer", ' +
        'or write the way in as a rule of its own';
      faults.push({ path: `${path}.require[${at}].else`, text });
    }
  }
  for (const [at, name] of rule.oblige.entries()) {
    if (!PERSON_OBLIGATIONS.has(name)) {
      const can = [...PERSON_OBLIGATIONS].join(', ');
      const text = `"${name}" cannot follow a person's crossing: use one of ${can}`;
      faults.push({ path: `${path}.oblige[${at}]`, text });
    }
  }
  return faults;
}

function missingSettings(rule: RegimeRule, path: string, settings: RegimeSettings): FileFault[] {
  const faults: FileFault[] = [];
  for (const name of [...rule.require.map((requirement) => requirement.is), ...rule.oblige]) {
    const setting = NEEDED_SETTING[name];
    if (setting !== undefined && settings[setting] === undefined) {
      const text = `"${name}" in ${path} relies on it: add it to the settings`;
      faults.push({ path: `settings.${setting}`, text });
    }
  }
  return faults;
}
