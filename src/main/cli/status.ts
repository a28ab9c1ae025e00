import { type Command, EXIT, sayFault } from './command.ts';
import { openDataFolder, siteOf } from './data-folder.ts';
import { readStatus, type Status } from './read-status.ts';

export const status: Command = {
  words: ['status'],
  places: ['DIR'],
  options: { json: { type: 'boolean' }, site: { type: 'string' }, key: { type: 'string' } },
  takes: 'DIR [--json] [--site FILE] [--key FILE]',
  summary: 'the state in numbers',
  run(given, terminal) {
    const folder = openDataFolder(given);
    if (!folder.ok) return sayFault(terminal, folder.fault);
    const { segments, note } = folder.value;
    const site = siteOf(folder.value, given.text('site'), terminal);
    if (!site.ok) {
      segments.close();
      return sayFault(terminal, site.fault);
    }
    const areas = site.value?.areas.map(({ id }) => id) ?? note?.areas ?? [];
    const hasCentre = site.value === null || site.value.centre !== null;
    const found = readStatus({ segments, areas, hasCentre, nowMs: terminal.nowMs() });
    segments.close();
    if (given.flag('json')) terminal.out(JSON.stringify(found));
    else for (const line of lines(found)) terminal.out(line);
    return EXIT.ok;
  },
};

function lines(found: Status): string[] {
  const { journal, projections, exceptions, occupancy, outbox, centre, site } = found;
  const inside = Object.entries(occupancy).map(([area, n]) => `${area} ${n}`);
  const age = centre.oldestUnackedMs;
  const waiting = age === null ? 'nothing waits' : `the oldest waits ${Math.round(age / 1000)} s`;
  return [
    `zone time    ${site.now ?? 'nothing recorded yet'}`,
    `journal      ${journal.first ?? '-'} to ${journal.last ?? '-'}, head ${journal.head}`,
    `projections  ${projections.seq ?? 'missing or of another version'}`,
    `inside       ${inside.join(', ') || '-'}`,
    `exceptions   ${exceptions.open} open`,
    `outbox       ${outbox.pending} pending, ${outbox.unknown} unknown`,
    `centre       acknowledged up to ${centre.ackedSeq}, ${waiting}`,
  ];
}
