import { spawnSync } from 'node:child_process';
import { expect, onTestFinished, test } from 'vitest';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { verifyJournal } from '../../src/main/engine/journal/verify.ts';
import { openJournal } from '../../src/main/engine/segments/open-journal.ts';
import { segmentFiles } from '../../src/main/engine/store/segment-files.ts';
import { randomHistory } from '../kit/history.ts';
import { kitJournal, value } from '../kit/journal-kit.ts';
import { ROLL_MOMENTS, type RollMoment } from '../kit/roll-child.ts';

const CHILD = new URL('../kit/roll-child.ts', import.meta.url).pathname;
/** From the commit that seals the old file on, the journal has gone on in the new one. */
const GONE_ON = new Set<RollMoment>(['sealed', 'gone-on']);

test.each(ROLL_MOMENTS)('kill -9 as the journal goes on in another file: %s', (moment) => {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const events = randomHistory(`roll ${moment}`, 400);
  kit.writeAll(events.slice(0, 300));
  kit.roll();
  kit.writeAll(events.slice(300));
  const before = verifyJournal(kit.segments);
  kit.close();
  const ended = spawnSync(process.execPath, [CHILD, kit.dir, moment], { stdio: 'inherit' });
  expect(ended.signal).toBe('SIGKILL');

  const beside = value(Segments.open(kit.dir));
  const goneOn = GONE_ON.has(moment);
  const found = verifyJournal(beside);
  beside.close();
  expect(found).toMatchObject({
    ...{ fault: null, segments: goneOn ? 3 : 2 },
    events: before.events + (goneOn ? 1 : 0),
  });
  if (!goneOn) expect(found.head).toBe(before.head);
  expect(segmentFiles(kit.dir)).toHaveLength(3);

  const lines: string[] = [];
  const opened = value(openJournal(kit.dir, 'console-1', 'boot-after', (line) => lines.push(line)));
  onTestFinished(() => opened.segments.close());
  expect(lines).toEqual([]);
  expect(segmentFiles(kit.dir)).toHaveLength(goneOn ? 3 : 2);
  expect(opened.journal.seq).toBe(found.last);
  opened.db.transaction(() => {
    const data = { why: 'asked to stop' };
    const stamp = { atMs: 0, monoMs: 1, actor: { type: 'console' }, cause: null } as const;
    opened.projector.apply(opened.journal.append({ kind: 'engine.stopped', data }, stamp));
    opened.projector.mark(opened.journal.seq);
  });
  expect(verifyJournal(opened.segments)).toMatchObject({ fault: null, events: found.events + 1 });
});
