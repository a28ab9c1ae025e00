import { isInForce, notInForceText } from '../../shared/regime/regime-file.ts';
import { loadSite } from '../engine/site/load-site.ts';
import { resourcesDir } from '../engine/site/resources.ts';
import { type Command, EXIT, sayFault } from './command.ts';

/** Faults that lie in what the files say; all others keep the files from being read at all. */
const SAID = new Set([
  'site-invalid',
  'regime-invalid',
  'regime-unresolved',
  'lane-kind-not-decided',
  'lane-without-checkpoint',
]);

export const siteCheck: Command = {
  words: ['site', 'check'],
  places: ['FILE'],
  options: {},
  takes: 'FILE',
  summary: 'check a site file, its datasets and its regime',
  run(given, terminal) {
    const loaded = loadSite(given.places[0] ?? '', resourcesDir());
    if (!loaded.ok) {
      const { code, text, where } = loaded.fault;
      if (!SAID.has(code)) return sayFault(terminal, loaded.fault);
      terminal.out(`${where ?? given.places[0] ?? ''}: ${code}`);
      for (const line of text.split('; ')) terminal.out(`  ${line}`);
      return EXIT.found;
    }
    const { site, regime } = loaded.value;
    const counts = [
      `${site.areas.length} areas`,
      `${site.checkpoints.length} checkpoints`,
      `${site.lanes.length} lanes`,
      `${site.boards.length} boards`,
      `${site.readers.length} readers`,
    ];
    terminal.out(`site ${site.id} version ${site.version}: ${counts.join(', ')}`);
    terminal.out(`regime ${regime.id} version ${regime.version} decides every case exactly once`);
    // A training zone has a calendar of its own.
    if (site.training === false && !isInForce(regime, terminal.nowMs())) {
      terminal.out(notInForceText(regime));
    }
    return EXIT.ok;
  },
};
