import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { verifyChain } from '../../src/main/engine/journal/verify.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { become, CONTROLLED, modes, SHUT_AND_FREE } from '../kit/gate-modes.ts';
import { raiseIncident, startSmallZone } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { ZoneJournal } from '../kit/zone-journal.ts';

const endings: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

/** Makes the folder a small disk of its own; why not, where this machine does not let us. */
function smallDisk(dir: string, megabytes: number): string | null {
  if (process.platform !== 'linux') return 'only Linux makes a disk in memory for us';
  mkdirSync(dir, { recursive: true });
  const args = ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir];
  const { status, stderr, error } = spawnSync('mount', args, { encoding: 'utf8' });
  return status === 0 ? null : `no disk in memory: ${error?.message ?? stderr.trim()}`;
}

/** Takes all room but so many bytes, by a file that has nothing to do with the console. */
function fillUp(path: string, leaveBytes: number): void {
  const chunk = Buffer.alloc(64 << 10);
  try {
    for (;;) writeFileSync(path, chunk, { flag: 'a' });
  } catch (error) {
    expect((error as { code: string }).code).toBe('ENOSPC');
  }
  truncateSync(path, statSync(path).size - leaveBytes);
}

test('a disk that fills up: told twice, ballast, entries shut, and all goes on with room', async ({
  skip,
}) => {
  let why: string | null = null;
  const zone = await startSmallZone([{ n: 1 }], {
    spaceEveryMs: 100,
    site: { disk: { lowPercent: 60, veryLowPercent: 30, ballastMegabytes: 4 } },
    prepare: (dataDir) => {
      why = smallDisk(dataDir, 24);
    },
  });
  endings.push(() => zone.close());
  // What is open stays so: the engine ends as ever.
  endings.push(() => why === null && spawnSync('umount', ['-l', zone.dataDir]));
  skip(why !== null, why ?? '');
  const board = must(zone.boards[0], 'board');
  const journal = new ZoneJournal(zone.dataDir);
  endings.push(() => journal.close());
  const ballast = join(zone.dataDir, 'ballast.bin');
  const filler = join(zone.dataDir, 'somebody-elses.bin');
  await until('ballast', () => existsSync(ballast));

  fillUp(filler, 11_000_000);
  const low = await journal.first('incident.raised', ({ type }) => type === 'disk-space-low');
  expect(low.data).toMatchObject({ priority: 3 });
  fillUp(filler, 4_000_000);
  const very = await journal.first('incident.raised', ({ type }) => type === 'disk-space-very-low');
  expect(very.data).toMatchObject({ priority: 2 });
  expect(Number(very.data.params.percent)).toBeLessThan(30);
  expect(existsSync(ballast)).toBe(true);

  fillUp(filler, 0);
  const failed = async () => !(await raiseIncident(zone)).ok;
  for (let i = 0; i < 500 && !(await failed()); i += 1) await Promise.resolve();
  // The ballast makes room: the journal goes on by itself, and says what happened.
  const full = await journal.first('incident.raised', ({ type }) => type === 'disk-full', {
    limitMs: 20_000,
  });
  expect(full.data).toMatchObject({ priority: 1, params: { megabytes: 4 } });
  expect(existsSync(ballast)).toBe(false);
  const { data } = await journal.first('emergency.ended');
  expect(data.lanes.map(({ order }) => order)).toEqual(['lock', 'hold', 'lock', 'hold']);
  await become(board, CONTROLLED);
  expect(await raiseIncident(zone)).toMatchObject({ ok: true });

  // Full again, and no ballast left: entries stay shut and exits free until there is room.
  fillUp(filler, 0);
  for (let i = 0; i < 500 && !(await failed()); i += 1) await Promise.resolve();
  await become(board, SHUT_AND_FREE);
  expect((await board.swipe(1, 'in', zone.badge(1), 2_000)).opened).toBe(false);
  expect(modes(board)).toEqual(SHUT_AND_FREE);
  rmSync(filler);
  await become(board, CONTROLLED);
  await until('every event of the board', () => {
    return journal.number('SELECT last_index AS n FROM board') === board.lastIndex();
  });
  expect(journal.all('emergency.ended')).toHaveLength(2);
  await until('ballast again', () => existsSync(ballast), 20_000);
  expect(verifyChain(journal.db)).toMatchObject({ fault: null });
});
