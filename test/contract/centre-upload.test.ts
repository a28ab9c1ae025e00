import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { openReader, openWriter } from '../../src/main/engine/store/open.ts';
import { journalSource } from '../../src/main/engine/sync/journal-source.ts';
import { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import { QUICK_LIMITS, TestCentre } from '../kit/centre.ts';
import { LiveUpload } from '../kit/live-upload.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';
import { TcpProxy } from '../kit/tcp-proxy.ts';

let centre: TestCentre;
let proxy: TcpProxy;
let journal: MemoryJournal;
let uploads: LiveUpload[] = [];

beforeAll(async () => {
  centre = await TestCentre.start();
});
afterAll(() => centre.dispose());
beforeEach(async () => {
  await centre.empty();
  proxy = await TcpProxy.to({ host: '127.0.0.1', port: centre.login.port });
  journal = new MemoryJournal();
});
afterEach(async () => {
  for (const { uploader } of uploads) await uploader.stop();
  uploads = [];
  await proxy.close();
});

/** An uploader to the real centre through the line that can be disturbed. */
function start(limits: ConstructorParameters<typeof LiveUpload>[2] = {}): LiveUpload {
  const port = new PgCentre(
    centre.target(centre.login, proxy.port),
    {
      ...QUICK_LIMITS,
      answerTimeoutMs: 300,
      connectTimeoutMs: 300,
    },
    'boot-1',
  );
  return uploading(new LiveUpload(journal, port, limits));
}

/** It ends with the test. */
function uploading(upload: LiveUpload): LiveUpload {
  uploads.push(upload);
  return upload;
}

async function expectHeld(): Promise<void> {
  const held = await centre.held();
  expect(held.length).toBe(journal.rows.length);
  expect(held).toEqual(journal.rows.map(({ seq, body }) => ({ seq, body })));
  const [audit] = await centre.sql<{ bad_seq: string | null }>(
    "SELECT bad_seq FROM central.audit('C7', 1)",
  );
  expect(audit?.bad_seq).toBe(null);
}

test('an empty journal is in step at once, and each new event arrives', async () => {
  const live = start();
  await live.inStep();
  for (let i = 0; i < 5; i += 1) {
    journal.grow(3);
    live.uploader.committed(journal.head().seq);
    await live.until((state) => state.ackedSeq === journal.head().seq);
  }
  await expectHeld();
  expect(live.acked.at(-1)).toBe(15);
});

test('the centre is stopped and started: lost, then all from before and between', async () => {
  journal.grow(500);
  const live = start();
  await live.inStep();
  await centre.stopServer();
  await live.until((state) => state.state === 'lost');
  for (let i = 0; i < 10; i += 1) {
    journal.grow(700);
    live.uploader.committed(journal.head().seq);
  }
  const lost = await live.until((state) => state.waiting === 7000);
  expect(lost).toMatchObject({ state: 'lost', ackedSeq: 500 });
  expect(lost.oldestUnackedMs).not.toBe(null);
  await centre.startServer();
  await live.inStep();
  await expectHeld();
});

test('the line breaks off again and again while a backlog drains', async () => {
  journal.grow(20_000);
  const live = start();
  for (let cut = 1; cut <= 6; cut += 1) {
    await live.until((state) => state.ackedSeq >= cut * 2000);
    proxy.cut();
    await live.until((state) => state.state === 'lost');
    proxy.pass();
  }
  await live.inStep();
  expect(proxy.taken).toBeGreaterThanOrEqual(7);
  await expectHeld();
});

test('a centre that takes connections and never answers is lost, and found again', async () => {
  journal.grow(100);
  const live = start();
  await live.inStep();
  proxy.stick();
  journal.grow(50);
  live.uploader.committed(journal.head().seq);
  const lost = await live.until((state) => state.state === 'lost');
  expect(lost).toMatchObject({ code: 'timeout', ackedSeq: 100, waiting: 50 });
  const { taken } = proxy;
  await live.until(() => proxy.taken > taken + 1);
  proxy.pass();
  await live.inStep();
  await expectHeld();
});

test('a batch that the centre took while its answer was lost is not taken twice', async () => {
  journal.grow(10);
  const live = start();
  await live.inStep();
  // The chain's row is held, so that the push waits at the centre and our time runs out.
  await centre.sql('BEGIN');
  await centre.sql("SELECT FROM central.chain WHERE console_id = 'C7' FOR UPDATE");
  journal.grow(90);
  live.uploader.committed(100);
  await live.until((state) => state.code === 'timeout');
  await centre.sql('COMMIT');
  await live.inStep();
  await expectHeld();
});

test('the centre is restored to an earlier state: it is obeyed and sent the rest', async () => {
  journal.grow(3000);
  const live = start();
  await live.inStep();
  await centre.sql('BEGIN');
  await centre.sql('DELETE FROM central.event WHERE seq > 1200');
  await centre.sql(
    'UPDATE central.chain SET head_seq = 1200, head_hash = ' +
      '(SELECT hash FROM central.event WHERE seq = 1200)',
  );
  await centre.sql('COMMIT');
  const told = live.until(({ notices }) => notices[0]?.code === 'centre-went-back');
  expect((await told).ackedSeq).toBe(1200);
  await live.inStep();
  expect(live.acked).toContain(1200);
  await expectHeld();
});

test('resumes from what the centre answers, not from a number of its own', async () => {
  journal.grow(1000);
  const port = centre.port();
  await port.push(journal.batch(1, 400));
  port.close();
  const live = start();
  await live.inStep();
  expect(live.acked[0]).toBe(400);
  await expectHeld();
});

test('another journal at the centre is a fork: nothing is sent and the rest goes on', async () => {
  const other = new MemoryJournal();
  other.grow(50, 'crossing.refused');
  const port = centre.port();
  await port.push(other.batch(1, 50));
  port.close();
  journal.grow(100);
  const live = start();
  const fork = await live.until((state) => state.state === 'fork');
  expect(fork).toMatchObject({ code: 'fork', waiting: 100 });
  journal.grow(10);
  live.uploader.committed(110);
  expect((await live.until((state) => state.waiting === 110)).state).toBe('fork');
  expect(await centre.held()).toEqual(other.rows.map(({ seq, body }) => ({ seq, body })));
});

describe('a later epoch', () => {
  /** Restored from a copy that ends at `seq`, and gone on from there. */
  function goneOn(seq: number): MemoryJournal {
    const later = new MemoryJournal('C7', journal.copyTo(seq));
    later.open();
    later.grow(50);
    return later;
  }
  const noted = () =>
    centre.sql(
      `SELECT parent_state, lost_from::integer, lost_to::integer FROM central.chain
         WHERE console_id = 'C7' AND epoch = 2`,
    );

  test('what was not sent yet of the epoch before goes first, over a broken line too', async () => {
    journal.grow(20_000);
    const port = centre.port();
    await port.push(journal.batch(1, 400));
    port.close();
    const whole = journal;
    journal = goneOn(20_000);
    const live = start();
    const held = async (epoch: number) => (await centre.held('C7', epoch)).length;
    while ((await held(1)) < 3000) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await held(2)).toBe(0);
    proxy.cut();
    await live.until((state) => state.state === 'lost');
    proxy.pass();
    await live.inStep();
    expect(await centre.held('C7', 1)).toEqual(whole.rows.map(({ seq, body }) => ({ seq, body })));
    expect(await centre.held('C7', 2)).toEqual(
      journal.rows.map(({ seq, body }) => ({ seq, body })),
    );
    expect(await noted()).toEqual([{ parent_state: 'agrees', lost_from: null, lost_to: null }]);
    for (const epoch of [1, 2]) {
      const [audit] = await centre.sql<{ bad_seq: string | null }>(
        'SELECT bad_seq FROM central.audit($1, $2)',
        ['C7', epoch],
      );
      expect(audit?.bad_seq).toBe(null);
    }
  });

  test('does not begin while the centre is slow to take the rest of the one before', async () => {
    journal.grow(600);
    const port = centre.port();
    await port.push(journal.batch(1, 400));
    port.close();
    journal = goneOn(600);
    await centre.sql('BEGIN');
    await centre.sql("SELECT FROM central.chain WHERE console_id = 'C7' FOR UPDATE");
    const live = start();
    await live.until((state) => state.code === 'timeout');
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await centre.sql('COMMIT');
    await live.inStep();
    expect(await noted()).toEqual([{ parent_state: 'agrees', lost_from: null, lost_to: null }]);
    expect(await centre.held('C7', 1)).toHaveLength(600);
  });

  test('goes on though the centre holds more of the one before, and that is told', async () => {
    journal.grow(57);
    const port = centre.port();
    await port.push(journal.batch(1, 57));
    port.close();
    journal = goneOn(40);
    const live = start();
    const state = await live.until(({ notices }) => notices.length > 0);
    expect(state).toMatchObject({ state: 'in-step', code: null });
    expect(state.notices).toMatchObject([{ code: 'centre-epoch' }]);
    expect(state.notices[0]?.text).toContain('events 41 to 57 of epoch 1, which are lost here');
    expect(await centre.held('C7', 2)).toHaveLength(51);
  });

  test('and after the centre was restored from before it, both are sent again', async () => {
    journal.grow(60);
    const before = journal;
    journal = goneOn(60);
    const live = start();
    await live.inStep();
    await centre.empty();
    const port = centre.port();
    await port.push(before.batch(1, 30));
    port.close();
    const told = await live.until(({ notices }) => notices.length > 0);
    expect(told.notices).toMatchObject([{ code: 'centre-went-back' }]);
    await live.inStep();
    expect(await centre.held('C7', 1)).toHaveLength(60);
    expect(await centre.held('C7', 2)).toHaveLength(51);
  });
});

test('a copied data folder: both consoles are told, and one of them forks', async () => {
  await centre.sql('DELETE FROM central.boot');
  journal.grow(100);
  const live = start();
  await live.inStep();
  const copied = journal.copyTo(100);
  const copy = uploading(new LiveUpload(copied, centre.port(centre.login, 'boot-2')));
  await copy.inStep();
  journal.grow(5);
  live.uploader.committed(105);
  await live.inStep();
  copied.grow(5, 'crossing.refused');
  copy.uploader.committed(105);
  const twin = (boot: string) => (state: { notices: readonly { text: string }[] }) =>
    state.notices.some(({ text }) => text.endsWith(`under this name: ${boot}`));
  const [mine, theirs] = await Promise.all([
    live.until(twin('boot boot-2')),
    copy.until((state) => state.state === 'fork' && twin('boot boot-1')(state)),
  ]);
  expect(mine).toMatchObject({ state: 'in-step', notices: [{ code: 'centre-second-console' }] });
  expect(theirs).toMatchObject({ code: 'fork', notices: [{ code: 'centre-second-console' }] });
  await expectHeld();
});

test('the login loses its right to push: refused and named, and taken up again', async () => {
  const push = 'FUNCTION central.push';
  await centre.sql(`REVOKE EXECUTE ON ${push} FROM console_role`);
  journal.grow(10);
  const live = start();
  const refused = await live.until((state) => state.state === 'refused');
  expect(refused).toMatchObject({ code: 'not-permitted', waiting: 10 });
  await centre.sql(`GRANT EXECUTE ON ${push} TO console_role`);
  await live.inStep();
  await expectHeld();
});

test('the centre takes less at a time than the console sends', async () => {
  await centre.sql('UPDATE central.setting SET max_rows = 37');
  journal.grow(500);
  const live = start();
  await live.inStep();
  await centre.sql('UPDATE central.setting SET max_rows = 1000');
  await expectHeld();
});

test('a journal on disk, read while it is written, through a connection of its own', async () => {
  const path = join(centre.folder, 'journal.db');
  const writer = openWriter(path, journalSchema);
  const reader = openReader(path, journalSchema);
  if (!writer.ok || !reader.ok) throw new Error('the journal could not be opened');
  const insert = writer.value.write<[number, string, Buffer]>('INSERT INTO journal VALUES (?,?,?)');
  const grow = (count: number) => {
    writer.value.transaction(() => {
      journal.grow(count);
      for (const row of journal.rows.slice(-count)) {
        insert.run(row.seq, row.body, Buffer.from(row.hash));
      }
    });
  };
  grow(2500);
  const port = new PgCentre(centre.target(), QUICK_LIMITS, 'boot-1');
  const upload = uploading(new LiveUpload(journalSource(new Segments([reader.value])), port));
  for (let i = 0; i < 20; i += 1) {
    grow(100);
    upload.uploader.committed(journal.head().seq);
    await upload.until((state) => state.waiting < 2000);
  }
  await upload.inStep();
  await expectHeld();
  expect(journalSource(new Segments([reader.value])).atOf?.(1)).toBe(1_795_397_399_001);
  await upload.uploader.stop();
  reader.value.close();
  writer.value.close();
});

test('stopped in the middle of a drain, the next run finishes it', async () => {
  journal.grow(30_000);
  const live = start();
  await live.until((state) => state.ackedSeq > 2000);
  await live.uploader.stop();
  expect(live.uploader.state().waiting).toBeGreaterThan(0);
  await start().inStep();
  await expectHeld();
});
