import { verifyJournal } from '../engine/journal/verify.ts';
import { type Command, EXIT, sayFault } from './command.ts';
import { openDataFolder } from './data-folder.ts';

export const verify: Command = {
  words: ['verify'],
  places: ['DIR'],
  options: { json: { type: 'boolean' }, key: { type: 'string' } },
  takes: 'DIR [--json] [--key FILE]',
  summary: 're-hash the journal; exit 1 and the first faulty seq',
  run(given, terminal) {
    const folder = openDataFolder(given);
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const found = verifyJournal(folder.value.segments);
    folder.value.segments.close();
    if (given.flag('json')) terminal.out(JSON.stringify(found));
    else {
      terminal.out(`events ${found.events}`);
      terminal.out(`first ${found.first ?? '-'}`);
      terminal.out(`last ${found.last ?? '-'}`);
      terminal.out(`head ${found.head}`);
      terminal.out(`segments ${found.segments}`);
      if (found.fault !== null) terminal.out(`fault ${found.fault.seq}: ${found.fault.text}`);
    }
    return found.fault === null ? EXIT.ok : EXIT.found;
  },
};
