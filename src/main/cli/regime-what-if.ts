import type { WhatIfRow } from '../../shared/contract/regime-queries.ts';
import { hkDayStart } from '../../shared/lib/hk-time.ts';
import type { Regime } from '../../shared/regime/regime-file.ts';
import { readRegime } from '../../shared/regime/resolve.ts';
import { mergeWhatIf, NOTHING_LOOKED_AT, type WhatIfCounts } from '../../shared/regime/what-if.ts';
import type { Segments } from '../engine/journal/segments.ts';
import { whatIfSlice } from '../engine/reading/what-if.ts';
import { readText, regimePath } from '../engine/site/load-site.ts';
import { resourcesDir } from '../engine/site/resources.ts';
import { type Command, EXIT, sayFault, type Terminal } from './command.ts';
import { openDataFolder } from './data-folder.ts';

/** Listed with `--json`, so that a day of a wrong rule cannot fill a terminal's memory. */
const MOST_LISTED = 10_000;
const AT_ONCE = 200;

export const regimeWhatIf: Command = {
  words: ['regime', 'what-if'],
  places: ['DIR'],
  options: {
    day: { type: 'string' },
    file: { type: 'string' },
    json: { type: 'boolean' },
    site: { type: 'string' },
    key: { type: 'string' },
  },
  takes: 'DIR --day YYYY-MM-DD --file FILE [--json] [--key FILE]',
  summary: "a day's decisions under another version: exit 1 where somebody is treated otherwise",
  run(given, terminal) {
    const [day, file] = [given.text('day'), given.text('file')];
    if (day === undefined || file === undefined) {
      return sayFault(terminal, { code: 'usage', text: 'name the --day and the --file' });
    }
    if (Number.isNaN(hkDayStart(day))) {
      return sayFault(terminal, { code: 'usage', text: '--day is a day YYYY-MM-DD' });
    }
    const path = regimePath(file, process.cwd(), resourcesDir());
    const text = readText(path, 'regime');
    if (!text.ok) return sayFault(terminal, text.fault);
    const regime = readRegime(text.value, path);
    if (!regime.ok) return sayFault(terminal, regime.fault);
    const folder = openDataFolder(given);
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const { segments } = folder.value;
    const found = lookThrough(segments, regime.value, day, given.flag('json'), terminal);
    segments.close();
    if (given.flag('json')) terminal.out(JSON.stringify(found));
    else for (const line of linesOf(found)) terminal.out(line);
    return found.changed > 0 ? EXIT.found : EXIT.ok;
  },
};

interface Found extends WhatIfCounts {
  readonly regime: string;
  readonly version: number;
  readonly day: string;
  readonly rows: readonly WhatIfRow[];
}

/** Tells how far it is once a second; whoever reads the folder may see all that stands in it. */
function lookThrough(
  segments: Segments,
  regime: Regime,
  day: string,
  isListed: boolean,
  terminal: Terminal,
): Found {
  let counts = NOTHING_LOOKED_AT;
  let total = 0;
  let cursor: string | null = null;
  const rows: WhatIfRow[] = [];
  do {
    const limit = isListed && rows.length < MOST_LISTED ? AT_ONCE : 0;
    const beganMs = terminal.monoMs();
    const ask = { day, cursor, limit, role: 'supervisor' } as const;
    const slice = whatIfSlice(segments, regime, ask, () => terminal.monoMs() - beganMs > 1_000);
    counts = mergeWhatIf(counts, slice);
    total = Math.max(total, slice.total);
    rows.push(...slice.rows);
    ({ cursor } = slice);
    if (cursor !== null && limit === 0) terminal.err(`twoline: ${counts.looked} of ${total}`);
  } while (cursor !== null);
  return { regime: regime.id, version: regime.version, day, ...counts, rows };
}

function linesOf({ regime, version, day, looked, changed, cannotTell, counts }: Found): string[] {
  const under = `${regime} version ${version} on ${day}`;
  return [
    `${under}: ${looked} decisions, ${changed} otherwise, ${cannotTell} cannot be told`,
    ...counts.map(({ class: name, count, from, rule, to, toRule }) => {
      return `${count} ${name}: ${from} (${rule}) -> ${to} (${toRule})`;
    }),
  ];
}
