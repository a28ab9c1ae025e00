import { CrossingId } from '../../shared/domain/ids.ts';
import { Language } from '../../shared/domain/text.ts';
import { ok, type Result } from '../../shared/lib/result.ts';
import { explainRegime } from '../../shared/locale/explain-regime.ts';
import { auditDraw } from '../../shared/regime/audit-draw.ts';
import { isInForce, notInForceText, type Regime } from '../../shared/regime/regime-file.ts';
import { ownCases, readRegime } from '../../shared/regime/resolve.ts';
import type { FileFault } from '../../shared/regime/rule-faults.ts';
import { readText, regimePath } from '../engine/site/load-site.ts';
import { resourcesDir } from '../engine/site/resources.ts';
import { type Command, EXIT, type Exit, type Given, sayFault, type Terminal } from './command.ts';

export const regimeCheck: Command = {
  words: ['regime', 'check'],
  places: ['FILE'],
  options: {},
  takes: 'FILE',
  summary: 'prove a regime whole: exit 1 and each hole, overlap and fault on a line of its own',
  run(given, terminal) {
    return withRegime(given, terminal, (regime) => {
      const { id, version, rules } = regime;
      const cases = `${rules.length} rules decide each of ${ownCases(regime).length} cases once`;
      // A file that is checked for a day to come is sound today.
      const later = isInForce(regime, terminal.nowMs()) ? '' : `; ${notInForceText(regime)}`;
      terminal.out(`regime ${id} version ${version}: ${cases}${later}`);
    });
  },
};

export const regimeExplain: Command = {
  words: ['regime', 'explain'],
  places: ['FILE'],
  options: { lang: { type: 'string' } },
  takes: 'FILE [--lang zh-HK|zh-CN|en]',
  summary: 'the decision table of a regime in plain words',
  run(given, terminal) {
    const language = Language.safeParse(given.text('lang') ?? 'zh-HK');
    if (!language.success) {
      return sayFault(terminal, { code: 'usage', text: '--lang is zh-HK, zh-CN or en' });
    }
    return withRegime(given, terminal, (regime) => {
      for (const line of explainRegime(regime, language.data)) terminal.out(line);
    });
  },
};

export const regimeDraw: Command = {
  words: ['regime', 'draw'],
  places: ['FILE', 'CROSSING'],
  options: { seed: { type: 'string' } },
  takes: 'FILE CROSSING --seed TEXT',
  summary: 'make the draw for an audit after release again: the number, and whether it is drawn',
  run(given, terminal) {
    const seed = given.text('seed');
    if (seed === undefined) {
      return sayFault(terminal, { code: 'usage', text: 'name the --seed that was stated' });
    }
    const crossing = CrossingId.safeParse(given.places[1]);
    if (!crossing.success) {
      const text = `${given.places[1]?.slice(0, 40)} is no crossing id such as X1-42`;
      return sayFault(terminal, { code: 'usage', text });
    }
    return withRegime(given, terminal, ({ id, version, settings }) => {
      const subject = { regime: id, regimeVersion: version, seed, crossing: crossing.data };
      const draw = auditDraw(subject, settings.postReleaseAuditPercent ?? 0);
      const said = draw.isDrawn ? 'drawn' : 'not drawn';
      const of = `${id} version ${version}, seed ${seed}, ${crossing.data}`;
      terminal.out(`${of}: ${draw.number} of 4294967296 at ${draw.percent} %: ${said}`);
    });
  },
};

/** Hands on a regime that is whole; else names each fault, or why the file cannot be read. */
function withRegime(given: Given, terminal: Terminal, use: (regime: Regime) => void): Exit {
  const text = regimeText(given.places[0] ?? '');
  if (!text.ok) return sayFault(terminal, text.fault);
  const read = readRegime(text.value.text, text.value.path);
  if (read.ok) {
    use(read.value);
    return EXIT.ok;
  }
  for (const fault of read.fault.faults) terminal.out(lineOf(fault));
  return EXIT.found;
}

/** Of a shipped regime by its bare name, as a site file names one, or of a file. */
function regimeText(file: string): Result<{ path: string; text: string }> {
  const path = regimePath(file, process.cwd(), resourcesDir());
  const text = readText(path, 'regime');
  return text.ok ? ok({ path, text: text.value }) : text;
}

function lineOf({ path, text }: FileFault): string {
  return `${path}: ${text}`.replaceAll('\n', ' ');
}
