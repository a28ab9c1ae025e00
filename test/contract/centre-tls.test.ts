import { chmodSync, chownSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { journalSchema } from '../../src/main/engine/journal/schema.ts';
import { Segments } from '../../src/main/engine/journal/segments.ts';
import { openWriter } from '../../src/main/engine/store/open.ts';
import {
  type CentreTarget,
  type CentreTls,
  checkCentre,
} from '../../src/main/engine/sync/centre-address.ts';
import { PgCentre } from '../../src/main/engine/sync/pg-centre.ts';
import { readCertificates } from '../../src/main/engine/sync/read-certificates.ts';
import { startCentre } from '../../src/main/engine/sync/start-centre.ts';
import { QUICK_LIMITS, TestCentre } from '../kit/centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';
import { realClock } from '../kit/real-clock.ts';
import { type Issued, SmallCa } from '../kit/small-ca.ts';

const LOOPBACK = [127, 0, 0, 1];
const HBA =
  'host all postgres 127.0.0.1/32 scram-sha-256\n' +
  'hostssl central +console_role 127.0.0.1/32 cert\n' +
  'host all all all reject\n';

const ca = new SmallCa('Test centre CA');
const stranger = new SmallCa('Another CA');
const mine = ca.issue({ subject: 'console_c7' });
let centre: TestCentre;

/** Files of the server: its own user must own them. */
function put(name: string, text: string): void {
  const pgdata = join(centre.folder, 'centre', 'pgdata');
  const path = join(pgdata, name);
  writeFileSync(path, text, { mode: 0o600 });
  const { uid, gid } = statSync(pgdata);
  if (process.getuid?.() === 0) chownSync(path, uid, gid);
}

async function serve(server: Issued): Promise<void> {
  put('server.crt', server.cert);
  put('server.key', server.key);
  put('ca.crt', ca.cert);
  await centre.sql("ALTER SYSTEM SET ssl_ca_file = 'ca.crt'");
  await centre.sql("ALTER SYSTEM SET ssl_min_protocol_version = 'TLSv1.3'");
  await centre.sql('ALTER SYSTEM SET ssl = on');
  put('pg_hba.conf', HBA);
  await centre.stopServer();
  await centre.startServer();
}

function tlsOf(client: Issued, authority = ca): CentreTls {
  return { sslmode: 'verify-full', ca: authority.cert, cert: client.cert, key: client.key };
}

/** The same target twice: a second connection must still have the key that pg hides. */
async function greet(target: CentreTarget): Promise<string> {
  const port = new PgCentre(target, QUICK_LIMITS);
  const head = new MemoryJournal().head();
  const first = await port.hello(head);
  port.close();
  const second = await port.hello(head);
  port.close();
  const said = [first, second].map((answer) => (answer.ok ? 'in' : answer.fault.code));
  return said[0] === said[1] ? (said[0] ?? '') : said.join(', then ');
}

/** As the administrator of a site would lay them down. */
function putCertificates(dir: string, tls: CentreTls): void {
  const folder = join(dir, 'certificates');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'ca.pem'), tls.ca);
  writeFileSync(join(folder, 'cert.pem'), tls.cert);
  writeFileSync(join(folder, 'key.pem'), tls.key, { mode: 0o600 });
}

function target(tls: CentreTls | null, host = '127.0.0.1'): CentreTarget {
  const { port, database, user } = centre.login;
  return { host, port, database, user, tls };
}

beforeAll(async () => {
  centre = await TestCentre.start();
});
afterAll(() => centre.dispose());

test('a centre without TLS is refused by a console that has certificates', async () => {
  expect(await greet(target(tlsOf(mine)))).toBe('no-tls');
});

describe('over TLS 1.3 with a certificate each', () => {
  beforeAll(() => serve(ca.issue({ subject: 'centre', ipv4: LOOPBACK })));

  test('the console gets in by its certificate, again and again, and pushes', async () => {
    expect(await greet(target(tlsOf(mine)))).toBe('in');
    const port = new PgCentre(target(tlsOf(mine)), QUICK_LIMITS);
    const journal = new MemoryJournal();
    journal.grow(5);
    expect(await port.push(journal.batch(1, 5))).toMatchObject({ value: { ackedSeq: 5 } });
    port.close();
  });

  test('a real site reaches it by the certificates its file names, and uploads', async () => {
    const dir = join(centre.folder, 'site');
    putCertificates(dir, tlsOf(mine));
    const path = join(centre.folder, 'journal.db');
    const journal = new MemoryJournal();
    journal.grow(300);
    const db = openWriter(path, journalSchema);
    if (!db.ok) throw new Error(db.fault.text);
    const insert = db.value.write<[number, string, Buffer]>('INSERT INTO journal VALUES (?,?,?)');
    db.value.transaction(() => {
      for (const { seq, body, hash } of journal.rows) insert.run(seq, body, Buffer.from(hash));
    });
    const { host, port, database, user } = target(null);
    const site = { host, port, database, user, certificates: 'certificates' };
    await new Promise<void>((done, failed) => {
      const uploader = startCentre(site, false, {
        segments: new Segments([db.value]),
        clock: realClock(),
        boot: 'b1',
        dir,
        ackedSeq: 0,
        onState: (state) => state.text && failed(new Error(state.text)),
        onAcked: (seq) => seq === 300 && uploader.ok && done(uploader.value.stop()),
      });
      if (!uploader.ok) failed(new Error(uploader.fault.text));
    });
    db.value.close();
    expect((await centre.held()).map(({ body }) => body)).toEqual(
      journal.rows.map(({ body }) => body),
    );
  });

  test('a password over an open line is refused', async () => {
    expect(await greet({ ...target(null), password: centre.login.password })).toBe('login-refused');
  });

  test("another console's certificate is refused", async () => {
    const other = ca.issue({ subject: 'console_c8' });
    expect(await greet(target(tlsOf(other)))).toBe('login-refused');
  });

  test('a certificate of another authority is refused', async () => {
    const forged = stranger.issue({ subject: 'console_c7' });
    expect(await greet(target(tlsOf(forged)))).toMatch(/^(certificate|login-refused)$/);
  });

  test('a centre that the console has no authority for is refused', async () => {
    expect(await greet(target(tlsOf(mine, stranger)))).toBe('certificate');
  });

  test("a centre whose certificate is another host's is refused", async () => {
    expect(await greet(target(tlsOf(mine), 'localhost'))).toBe('wrong-server');
    await serve(ca.issue({ subject: 'centre', ipv4: [10, 0, 0, 1] }));
    expect(await greet(target(tlsOf(mine)))).toBe('wrong-server');
  });
});

describe('the certificates of a site', () => {
  const folder = () => join(centre.folder, 'spoilt', 'certificates');
  const nowMs = Date.now();
  test.each([
    ['ca.pem', 'garbage', 'ca.pem'],
    ['cert.pem', '', 'cert.pem'],
    ['cert.pem', ca.issue({ subject: 'console_c7' }).cert, 'key.pem'],
    ['key.pem', 'garbage', 'key.pem'],
    ['key.pem', '\0'.repeat(1000), 'key.pem'],
  ])('%s with something else in it is named', (name, text, named) => {
    putCertificates(join(centre.folder, 'spoilt'), tlsOf(mine));
    expect(readCertificates(folder(), nowMs)).toMatchObject({ ok: true });
    writeFileSync(join(folder(), name), text);
    const read = readCertificates(folder(), nowMs);
    expect(read).toMatchObject({ ok: false, fault: { code: 'centre-certificates' } });
    if (!read.ok) expect(read.fault.where).toBe(join(folder(), named));
  });

  test('missing, expired and readable by others are refused, each with its reason', () => {
    const text = (at: string, ms: number) => {
      const read = readCertificates(at, ms);
      return read.ok ? 'taken' : read.fault.text;
    };
    expect(text(join(centre.folder, 'nowhere'), nowMs)).toContain('ENOENT');
    putCertificates(join(centre.folder, 'spoilt'), tlsOf(mine));
    expect(text(folder(), nowMs)).toBe('taken');
    expect(text(folder(), nowMs + 40 * 86_400_000)).toContain('expired');
    if (process.platform === 'win32') return;
    chmodSync(join(folder(), 'key.pem'), 0o644);
    expect(text(folder(), nowMs)).toContain('chmod 600');
  });
});

describe('which centres a console may speak to', () => {
  const address = { host: 'centre.example', port: 5432, database: 'central', user: 'console_7' };
  const tls = { sslmode: 'verify-full', ca: 'a', cert: 'b', key: 'c' };
  const refused = (code: string) => ({ ok: false, fault: { code } });

  test('a real one with certificates', () => {
    expect(checkCentre(address, false, tls)).toMatchObject({ ok: true });
  });

  test.each([
    ['rejectUnauthorized', { ...tls, rejectUnauthorized: false }],
    ['another sslmode', { ...tls, sslmode: 'require' }],
    ['no verification', { ...tls, sslmode: 'no-verify' }],
    ['no mode', { ca: 'a', cert: 'b', key: 'c' }],
    ['a check of its own', { ...tls, checkServerIdentity: null }],
    ['no key', { ...tls, key: '' }],
  ])('never with %s', (_what, weak) => {
    expect(checkCentre(address, false, weak)).toMatchObject(refused('centre-tls-weak'));
  });

  test('never without certificates, on the loopback neither', () => {
    for (const host of ['centre.example', '127.0.0.1']) {
      const open = { ...address, host, password: 'secret' };
      expect(checkCentre(open, false, null)).toMatchObject(refused('centre-tls-missing'));
    }
  });

  test('never with a password', () => {
    const open = { ...address, password: 'secret' };
    expect(checkCentre(open, false, tls)).toMatchObject(refused('centre-password'));
  });

  test('in training without certificates only on a loopback address, not on a name', () => {
    const at = (host: string) => checkCentre({ ...address, host, password: 'x' }, true, null);
    expect(at('127.0.0.1')).toMatchObject({ ok: true });
    expect(at('::1')).toMatchObject({ ok: true });
    for (const host of ['localhost', '127.example', '10.0.0.1', '0.0.0.0']) {
      expect(at(host)).toMatchObject(refused('centre-not-loopback'));
    }
  });
});
