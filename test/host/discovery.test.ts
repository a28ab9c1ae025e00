import { afterEach, expect, test } from 'vitest';
import type { DeviceNow } from '../../src/shared/contract/views.ts';
import { type MessageName, messages } from '../../src/shared/wire/uhppote/messages.ts';
import { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { startSmallZone, viewUntil } from '../kit/small-zone.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

const OTHER = '405999001';

/** A board on this machine that no site file names. */
async function otherBoard() {
  const other = new TrainingBoard({ serial: Number(OTHER), wallMs: Date.now });
  const at = await other.start();
  endings.push(() => other.stop());
  const heard = () =>
    (Object.keys(messages) as MessageName[]).filter((name) => other.received(name) > 0);
  return { other, at, heard };
}

test('a board that answers and is not in the site file is shown, and left alone', async () => {
  const { other, at, heard } = await otherBoard();
  const zone = await startSmallZone([{ n: 1 }], { site: { discovery: at } });
  endings.push(() => zone.close());
  const rows = await viewUntil<DeviceNow>(zone.engine, 'devices', (all) => all.has(OTHER));
  expect(rows.get(OTHER)).toMatchObject({
    ...{ device: OTHER, type: 'unlisted', online: true, heardAgoMs: 0, version: '8.92' },
    ...{ text: `${at.address}:${at.port}`, lanes: [] },
  });
  expect([...rows.keys()].sort()).toEqual(['405419001', OTHER]);
  // A badge at its door is nobody's business here.
  expect((await other.swipe(1, 'in', 100_001, 1_500)).opened).toBe(false);
  expect(heard()).toEqual(['get-device']);
  const journal = new ZoneJournal(zone.dataDir);
  endings.push(() => journal.close());
  expect(JSON.stringify(journal.events())).not.toContain(OTHER);
});
