import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { writeHeader } from '../../src/main/engine/journal/segment-header.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import { BatchWindow } from '../../src/main/engine/sync/batch-window.ts';
import { centreFault } from '../../src/main/engine/sync/centre-faults.ts';
import type { JournalRow } from '../../src/main/engine/sync/centre-port.ts';
import { CommitMarks } from '../../src/main/engine/sync/commit-marks.ts';
import { journalSource } from '../../src/main/engine/sync/journal-source.ts';
import { BatchPacker } from '../../src/main/engine/sync/pack-batch.ts';
import { stateName } from '../../src/main/engine/sync/sync-state.ts';
import { anyText } from '../kit/any-text.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';

describe('the size of a batch', () => {
  test('never leaves its limits, whatever comes', () =>
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('shrink', 'grow'), { maxLength: 200 }),
        fc.integer({ min: 1, max: 5000 }),
        (turns, allowed) => {
          const window = new BatchWindow({ rows: 1000, bytes: 524_288 }, 65_536);
          window.allow({ rows: allowed, bytes: allowed * 100 });
          for (const turn of turns) {
            if (turn === 'grow') window.grow();
            else window.shrink();
            const { rows, bytes } = window.size();
            expect(rows).toBeGreaterThanOrEqual(1);
            expect(rows).toBeLessThanOrEqual(Math.min(1000, allowed));
            expect(bytes).toBeGreaterThanOrEqual(65_536);
            expect(bytes).toBeLessThanOrEqual(524_288);
          }
        },
      ),
    ));

  test('comes back from one event to a full batch in sixty successes', () => {
    const window = new BatchWindow({ rows: 1000, bytes: 524_288 }, 65_536);
    for (let i = 0; i < 40; i += 1) window.shrink();
    expect(window.size().rows).toBe(1);
    let successes = 0;
    while (window.size().rows < 1000) {
      window.grow();
      successes += 1;
    }
    expect(successes).toBeLessThanOrEqual(60);
  });
});

describe('the age of what waits', () => {
  test('is never too low, and stays bounded, however many commits there are', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(50), { minLength: 1, maxLength: 2000 }), (gaps) => {
        const marks = new CommitMarks();
        const committedMs: number[] = [];
        let nowMs = 0;
        for (const gap of gaps) {
          nowMs += gap;
          committedMs.push(nowMs);
          marks.committed(committedMs.length, nowMs);
        }
        for (const [i, atMs] of committedMs.entries()) {
          const since = marks.sinceOf(i + 1);
          expect(since).not.toBe(null);
          expect(since).toBeLessThanOrEqual(atMs);
        }
        marks.acknowledged(committedMs.length - 1);
        expect(marks.sinceOf(committedMs.length - 1)).toBe(null);
        expect(marks.sinceOf(committedMs.length)).not.toBe(null);
      }),
      { numRuns: 30 },
    ));

  test('behind begins above the limit and ends at half of it', () => {
    const rule = (wasBehind: boolean) => ({ behindMs: 10_000, wasBehind });
    expect(stateName('connected', 10_000, rule(false))).toBe('in-step');
    expect(stateName('connected', 10_001, rule(false))).toBe('behind');
    expect(stateName('connected', 6000, rule(true))).toBe('behind');
    expect(stateName('connected', 5000, rule(true))).toBe('in-step');
    expect(stateName('connected', null, rule(true))).toBe('in-step');
    expect(stateName('lost', null, rule(false))).toBe('lost');
  });
});

describe('what an error of the centre means', () => {
  const coded = (code: string, message = 'said the server') =>
    Object.assign(new Error(message), { code });
  test.each([
    ['P0F01', 'fork', 'fork'],
    ['P0G01', 'resume', 'gap'],
    ['P0H01', 'refused', 'wrong-hash'],
    ['P0L02', 'too-large', 'too-many-bytes'],
    ['40001', 'busy', 'serialization'],
    ['40P01', 'busy', 'deadlock'],
    ['57P01', 'lost', 'shutting-down'],
    ['08006', 'lost', 'centre-08006'],
    ['53200', 'lost', 'centre-53200'],
    ['22P05', 'refused', 'centre-22p05'],
    ['42883', 'refused', 'no-function'],
    ['ECONNREFUSED', 'lost', 'unreachable'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'refused', 'certificate'],
    ['ERR_SSL_SSL/TLS_ALERT_CERTIFICATE_REVOKED', 'refused', 'own-certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'refused', 'wrong-server'],
    ['EWHATEVER', 'lost', 'centre-ewhatever'],
  ])('%s: %s', (code, kind, name) => {
    const fault = centreFault(coded(code));
    expect(fault).toMatchObject({ kind, code: name });
    expect(fault.text).toContain('said the server');
  });

  test('anything at all makes a fault with a short code and text', () =>
    fc.assert(
      fc.property(fc.anything(), fc.string(), (thrown, text) => {
        for (const error of [thrown, coded(text.repeat(50), text.repeat(500))]) {
          const fault = centreFault(error);
          expect(fault.code.length).toBeLessThanOrEqual(40);
          expect(fault.text.length).toBeLessThanOrEqual(300);
          expect(fault.text).not.toBe('');
        }
      }),
    ));

  test('a name with several addresses is told by its first failure', () => {
    const error = new AggregateError([coded('ECONNREFUSED', 'first')], '');
    expect(centreFault(error)).toMatchObject({ kind: 'lost', code: 'unreachable' });
  });
});

describe('packing', () => {
  test('every text comes out of the packed bytes as it went in, batch after batch', () =>
    fc.assert(
      fc.property(fc.array(fc.array(anyText(), { minLength: 1 })), (batches) => {
        const packer = new BatchPacker();
        for (const bodies of batches) {
          const journal = new MemoryJournal();
          for (const body of bodies) journal.append(body);
          const packed = packer.pack(journal.rows);
          const ends = packed.ends.slice(1, -1).split(',').map(Number);
          const out = bodies.map((_, i) => packed.bodies.subarray(ends[i - 1] ?? 0, ends[i]));
          expect(out).toEqual(bodies.map((body) => Buffer.from(body)));
          expect(ends.at(-1)).toBe(packed.bodies.length);
          expect(packed.hashes).toEqual(Buffer.concat(journal.rows.map((row) => row.hash)));
        }
      }),
    ));

  test('a hole is a mistake of ours and throws', () => {
    const journal = new MemoryJournal();
    journal.grow(3);
    const rows = journal.rows.filter((row) => row.seq !== 2);
    expect(() => new BatchPacker().pack(rows)).toThrow('without holes');
  });
});

describe('the journal on disk', () => {
  const bodySize = fc.oneof(fc.nat(300), fc.integer({ min: 60_000, max: 65_000 }));

  test('is read in whole and in order in slices within their limits', () =>
    fc.assert(
      fc.property(
        fc.array(bodySize, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        (sizes, maxRows) => {
          const folder = mkdtempSync(join(tmpdir(), 'twoline-sync-'));
          const opened = openWriter(join(folder, 'journal.db'), journalSchema);
          if (!opened.ok) throw new Error(opened.fault.text);
          const db = opened.value;
          const insert = db.write<[number, string, Buffer]>('INSERT INTO journal VALUES (?,?,?)');
          const journal = new MemoryJournal();
          db.transaction(() => {
            for (const size of sizes) {
              const { seq, body, hash } = journal.append(JSON.stringify('界'.repeat(size / 3)));
              insert.run(seq, body, Buffer.from(hash));
            }
          });
          const source = journalSource(new Segments([db]));
          const read: JournalRow[] = [];
          for (;;) {
            const slice = source.readAfter(read.length, maxRows, 65_536);
            if (slice.length === 0) break;
            const bytes = slice.reduce((sum, row) => sum + Buffer.byteLength(row.body), 0);
            expect(slice.length).toBeLessThanOrEqual(maxRows);
            expect(slice.length === 1 || bytes <= 65_536).toBe(true);
            read.push(...slice);
          }
          const plain = (rows: readonly JournalRow[]) =>
            rows.map((row) => ({ ...row, hash: Buffer.from(row.hash).toString('hex') }));
          expect(plain(read)).toEqual(plain(journal.rows));
          expect(source.hashAt(1)).toEqual(journal.rows[0]?.hash);
          db.close();
          rmSync(folder, { recursive: true });
        },
      ),
      { numRuns: 25 },
    ));

  test('is read an epoch at a time: the present one, and those before it by themselves', () => {
    const folder = mkdtempSync(join(tmpdir(), 'twoline-sync-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const first = new MemoryJournal();
    first.grow(7);
    const second = new MemoryJournal('C7', first);
    second.grow(3);
    const segments = new Segments(
      [first, second].map((journal, i) => {
        const opened = openWriter(join(folder, `journal-${i}.db`), journalSchema);
        if (!opened.ok) throw new Error(opened.fault.text);
        const db = opened.value;
        onTestFinished(() => db.close());
        const { epoch } = journal;
        const header = { epoch, baseSeq: 0, baseHash: Buffer.alloc(32), baseAtMs: 0 };
        const insert = db.write<[number, string, Buffer]>('INSERT INTO journal VALUES (?,?,?)');
        db.transaction(() => {
          writeHeader(db, { ...header, ordinal: 1, state: 'preparing' });
          writeHeader(db, { ...header, ordinal: i + 1, state: 'open' });
          for (const { seq, body, hash } of journal.rows) insert.run(seq, body, Buffer.from(hash));
        });
        return db;
      }),
    );
    const present = journalSource(segments);
    const [before, ...more] = present.earlier();
    expect(more).toEqual([]);
    for (const [source, journal] of [
      [present, second],
      [before!, first],
    ] as const) {
      expect(source.head()).toMatchObject({ epoch: journal.epoch, seq: journal.rows.length });
      const read: string[] = [];
      for (const _ of journal.rows) {
        read.push(...source.readAfter(read.length, 1, 65_536).map(({ body }) => body));
      }
      expect(read).toEqual(journal.rows.map(({ body }) => body));
    }
    expect(before?.earlier()).toEqual([]);
  });
});
