import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { ReaderSink } from '../../src/main/engine/devices/ports.ts';
import { signCode } from '../../src/main/engine/permit-codes/sign-code.ts';
import type { DeskReadRow, DeviceNow } from '../../src/shared/contract/views.ts';
import type { ReaderId } from '../../src/shared/domain/ids.ts';
import type { QrClaims } from '../../src/shared/domain/qr-permit.ts';
import { SiteCodes } from '../../src/shared/domain/site-codes.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { MINUTE_MS, minuteOf } from '../../src/shared/lib/hk-time.ts';
import { callerOf } from '../kit/caller.ts';
import { value } from '../kit/journal-kit.ts';
import { inside } from '../kit/run-cli.ts';
import { viewUntil } from '../kit/small-zone.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const at = (id: string, lane?: string) => {
  const where = lane === undefined ? { use: 'desk' } : { use: 'lane', lane };
  return { id, driver: 'pcprox', serial: id, ...where };
};
const READERS = [
  at('desk'),
  at('gate-1', 'f-in-1'),
  at('gate-2', 's-in-1'),
  at('way-out', 'f-out-1'),
];

/** A zone whose site takes the codes of one key, which the desk signs with. */
async function start() {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-code-key-'));
  const file = join(dir, 'k1.pem');
  const made = await inside('code-key', 'create', file, '--id', 'k1');
  const signing = { key: 'k1', file, hours: 12 };
  const codes = SiteCodes.parse({ keys: [JSON.parse(made.out)], replayMinutes: 10, signing });
  let sink: ReaderSink | null = null;
  const onReaders = (given: ReaderSink) => {
    sink = given;
  };
  const site = { readers: READERS, codes };
  const holders = [{ n: 1 }, { n: 2 }, { n: 3, status: 'suspended' }];
  const started = await startWatchedZone(holders, { site, onReaders });
  const scan = (reader: string, text: string) =>
    must<ReaderSink>(sink, 'sink').report({ kind: 'scan', reader: reader as ReaderId, text });
  const minute = minuteOf(started.zone.clock.wallMs()) / 1000;
  const code = async (n: number, changes: Partial<QrClaims> = {}) => {
    const claims = { jti: `SP-${n}`, sub: `P-${n}`, cls: 'special-pass', nbf: minute };
    const whole = { ...claims, exp: minute + 3600, ...changes } as QrClaims;
    return value(await signCode(codes, dir, whole)).text;
  };
  return { ...started, scan, code, minute, file };
}
type Zone = Awaited<ReturnType<typeof start>>;

/** Shows a code and waits for the verdict. */
async function shown({ scan, journal }: Zone, reader: string, text: string) {
  const after = journal.head();
  scan(reader, text);
  const { data } = await journal.first('crossing.asked', () => true, { after });
  const isIt = ({ crossing }: { crossing: string }) => crossing === data.crossing;
  const ends = ['crossing.admitted', 'crossing.referred', 'crossing.refused'] as const;
  const end = await Promise.race(
    ends.map((kind) => journal.first(kind, isIt, { after }).catch(() => null)),
  );
  const decided = must(end, 'verdict');
  const reasons = decided.data.reasons.map(({ is, detail }) => `${is}/${detail}`);
  return { asked: data, verdict: decided.kind.slice('crossing.'.length), reasons };
}

test('a permit’s code shown at a lane opens its gate for the holder', async () => {
  const zone = await start();
  const { asked, verdict } = await shown(zone, 'gate-1', await zone.code(1));
  expect(verdict).toBe('admitted');
  expect(asked).toMatchObject({
    ...{ person: 'P-1', permit: 'SP-1', credential: 'qr/SP-1', reader: 'gate-1', index: 0 },
    code: { key: 'k1', proof: 'proven' },
  });
  await zone.journal.first('crossing.opened');
  expect(must(zone.zone.boards[0], 'board').openings()).toMatchObject([{ door: 1, by: 'remote' }]);
});

test('a code shown again is told from one shown at two lanes; both wait for a person', async () => {
  const zone = await start();
  const text = await zone.code(1);
  expect((await shown(zone, 'gate-1', text)).verdict).toBe('admitted');
  await zone.journal.first('crossing.not-taken', () => true, { limitMs: 20_000 });
  const again = await shown(zone, 'gate-1', text);
  expect(again).toMatchObject({ verdict: 'referred', reasons: ['code-valid/replayed'] });
  const elsewhere = await shown(zone, 'gate-2', text);
  expect(elsewhere.reasons).toContain('code-valid/two-lanes');
  // Another code of the same permit was never shown.
  const other = await shown(zone, 'gate-1', await zone.code(1, { exp: zone.minute + 1800 }));
  expect(other.verdict).toBe('admitted');
});

test('codes expired, of an unknown key, forged or of another holder are told apart', async () => {
  const zone = await start();
  const past = { nbf: zone.minute - 120, exp: zone.minute - 60 };
  const expired = await shown(zone, 'gate-1', await zone.code(1, past));
  expect(expired).toMatchObject({ verdict: 'refused', reasons: ['code-valid/expired'] });
  const text = await zone.code(1);
  const [, payload, signature] = text.split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'EdDSA', kid: 'k9' })).toString('base64url');
  const strange = await shown(zone, 'gate-1', [header, payload, signature].join('.'));
  expect(strange.reasons).toContain('code-valid/unknown-key');
  const later = Buffer.from(
    JSON.stringify({
      ...{ jti: 'SP-2', sub: 'P-2', cls: 'special-pass' },
      ...{ nbf: zone.minute, exp: zone.minute + 3600 },
    }),
  ).toString('base64url');
  const forged = await shown(zone, 'gate-1', [text.split('.')[0], later, signature].join('.'));
  expect(forged.verdict).toBe('refused');
  expect(forged.reasons).toContain('code-valid/forged');
  // Nothing that an unproven code says is believed: nobody is named by it.
  for (const one of [strange, forged])
    expect(one.asked).toMatchObject({ person: null, permit: null });
  const differs = await shown(zone, 'gate-1', await zone.code(1, { sub: 'P-2' as never }));
  expect(differs).toMatchObject({ verdict: 'referred', reasons: ['code-valid/differs'] });
  expect(must(zone.zone.boards[0], 'board').openings()).toEqual([]);
});

test('what is scanned and is no permit is said of the reader, until it reads one', async () => {
  const zone = await start();
  const text = (of: string) =>
    viewUntil<DeviceNow>(zone.zone.engine, 'devices', (rows) => {
      return (rows.get('gate-1')?.text ?? '').includes(of);
    });
  zone.scan('gate-1', 'https://example.org/menu');
  await zone.journal.first('reader.unread');
  expect(zone.journal.all('crossing.asked')).toEqual([]);
  expect((await text('no permit’s code')).get('gate-1')).toBeDefined();
  await shown(zone, 'gate-1', await zone.code(1));
  const good = (rows: ReadonlyMap<string, DeviceNow>) => rows.get('gate-1')?.text === null;
  await viewUntil<DeviceNow>(zone.zone.engine, 'devices', good);
});

test('at the desk a code finds its permit, and what is wrong with it is shown', async () => {
  const zone = await start();
  const row = async (text: string) => {
    const before = zone.journal.head();
    zone.scan('desk', text);
    await zone.journal.first('desk.read', () => true, { after: before });
    const fits = (rows: ReadonlyMap<string, DeskReadRow>) => rows.has('desk');
    return (await viewUntil<DeskReadRow>(zone.zone.engine, 'desk-reads', fits)).get('desk');
  };
  expect(await row(await zone.code(2))).toMatchObject({ permit: 'SP-2', code: { wrong: null } });
  const past = { nbf: zone.minute - 120, exp: zone.minute - 60 };
  const expired = {
    is: 'code-valid',
    detail: 'expired',
    params: { toMs: (zone.minute - 60) * 1000 },
  };
  expect(await row(await zone.code(2, past))).toMatchObject({ code: { wrong: expired } });
});

test('the desk prints a code that a lane takes; who printed it stands in the journal', async () => {
  const zone = await start();
  const { backend } = zone.zone.engine;
  const print = (permit: string, role: 'operator' | 'inspector' = 'operator') =>
    backend.command('permit.print-code', { permit, purpose: 'lost badge' }, callerOf(role));
  const printed = value(await print('SP-2')) as { text: string; validToMs: number };
  const event = await zone.journal.first('permit.code-printed');
  expect(event.data).toMatchObject({ permit: 'SP-2', key: 'k1', purpose: 'lost badge' });
  expect(event.actor).toMatchObject({ type: 'person', role: 'operator' });
  expect(printed.validToMs).toBe(zone.minute * 1000 + 12 * 60 * MINUTE_MS);
  const { asked, verdict } = await shown(zone, 'gate-1', printed.text);
  expect(verdict).toBe('admitted');
  expect(asked.code?.token).toBe(event.data.token);
  expect(JSON.stringify(zone.journal.events())).not.toContain(printed.text);
  expect(await print('SP-3')).toMatchObject({ fault: { code: 'permit-not-in-force' } });
  expect(await print('SP-9')).toMatchObject({ fault: { code: 'no-permit' } });
  expect(readFileSync(zone.file, 'utf8')).toContain('PRIVATE KEY');
});
