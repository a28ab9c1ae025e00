import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
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
import { QUICK_LIMITS, type TestCentre } from '../kit/centre.ts';
import { MemoryJournal } from '../kit/memory-journal.ts';
import { realClock } from '../kit/real-clock.ts';
import { type Issued, SmallCa } from '../kit/small-ca.ts';
import { putCertificates, TlsCentre, tlsOf } from '../kit/tls-centre.ts';

const stranger = new SmallCa('Another CA');
let mine: Issued;
let tls: TlsCentre;
let centre: TestCentre;

/** The same target twice: a second connection must still have the key that pg hides. */
async function greet(target: CentreTarget): Promise<string> {
  const port = new PgCentre(target, QUICK_LIMITS, 'boot-1');
  const head = new MemoryJournal().head();
  const first = await port.hello(head);
  port.close();
  const second = await port.hello(head);
  port.close();
  const said = [first, second].map((answer) => (answer.ok ? 'in' : answer.fault.code));
  return said[0] === said[1] ? (said[0] ?? '') : said.join(', then ');
}

function target(tls: CentreTls | null, host = '127.0.0.1'): CentreTarget {
  const { port, database, user } = centre.login;
  return { host, port, database, user, tls };
}

const own = (client: Issued = mine) => tlsOf(client, tls.ca);

beforeAll(async () => {
  tls = await TlsCentre.start();
  centre = tls.centre;
  mine = tls.ca.issue({ subject: 'console_c7' });
});
afterAll(() => tls.dispose());

describe('over TLS 1.3 with a certificate each', () => {
  test('the console gets in by its certificate, again and again, and pushes', async () => {
    expect(await greet(target(own()))).toBe('in');
    const port = new PgCentre(target(own()), QUICK_LIMITS, 'boot-1');
    const journal = new MemoryJournal();
    journal.grow(5);
    expect(await port.push(journal.batch(1, 5))).toMatchObject({ value: { ackedSeq: 5 } });
    port.close();
  });

  test('a real site reaches it by the certificates its file names, and uploads', async () => {
    const dir = join(centre.folder, 'site');
    putCertificates(dir, own());
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
    const other = tls.ca.issue({ subject: 'console_c8' });
    expect(await greet(target(own(other)))).toBe('login-refused');
  });

  test('a certificate of another authority is refused', async () => {
    const forged = stranger.issue({ subject: 'console_c7' });
    expect(await greet(target(own(forged)))).toBe('own-certificate');
  });

  test('a centre that the console has no authority for is refused', async () => {
    expect(await greet(target(tlsOf(mine, stranger)))).toBe('certificate');
  });

  test('the line is TLS 1.3, and the centre knows the console by its certificate', async () => {
    const port = new PgCentre(target(own()), QUICK_LIMITS, 'boot-1');
    expect(await port.hello(new MemoryJournal().head())).toMatchObject({ ok: true });
    const lines = await centre.sql(
      `SELECT s.version, s.client_dn, a.usename FROM pg_stat_ssl s
         JOIN pg_stat_activity a USING (pid) WHERE s.ssl`,
    );
    port.close();
    expect(lines).toContainEqual({
      version: 'TLSv1.3',
      client_dn: '/CN=console_c7',
      usename: 'console_c7',
    });
  });

  /** A client with its own idea of TLS; answers the code by which it is refused. */
  async function refused(ssl: object): Promise<unknown> {
    const { host, port, database, user } = centre.login;
    const client = new Client({ host, port, database, user, ssl });
    client.on('error', () => {});
    const why = await client.connect().then(
      () => 'in',
      (error: { code?: string }) => error.code,
    );
    await client.end();
    return why;
  }

  test('a console that speaks an older TLS, or shows no certificate, is refused', async () => {
    const { ca, cert, key } = own();
    expect(await refused({ ca, cert, key })).toBe('in');
    expect(await refused({ ca, cert, key, maxVersion: 'TLSv1.2' })).toBe('EPROTO');
    expect(await refused({ ca })).toBe('28000');
  });

  test('a console whose login was taken away, or certificate revoked, is refused', async () => {
    await centre.sql('ALTER ROLE console_c7 NOLOGIN');
    expect(await greet(target(own()))).toBe('login-refused');
    await centre.sql('ALTER ROLE console_c7 LOGIN');
    expect(await greet(target(own()))).toBe('in');
    const lost = tls.ca.issue({ subject: 'console_c7' });
    expect(await greet(target(own(lost)))).toBe('in');
    await tls.revoke([lost]);
    expect(await greet(target(own(lost)))).toBe('own-certificate');
    expect(await greet(target(own()))).toBe('in');
  });

  test("a centre whose certificate is another host's is refused", async () => {
    expect(await greet(target(own(), 'localhost'))).toBe('wrong-server');
    await tls.serve(tls.ca.issue({ subject: 'centre', ipv4: [10, 0, 0, 1] }));
    expect(await greet(target(own()))).toBe('wrong-server');
  });

  test('a centre that speaks an older TLS, or none, is refused', async () => {
    await tls.serve(tls.ca.issue({ subject: 'centre', ipv4: [127, 0, 0, 1] }));
    expect(await greet(target(own()))).toBe('in');
    await tls.set('ssl_min_protocol_version', 'TLSv1.2');
    await tls.set('ssl_max_protocol_version', 'TLSv1.2');
    expect(await greet(target(own()))).toBe('old-tls');
    await tls.set('ssl', 'off');
    expect(await greet(target(own()))).toBe('no-tls');
  });
});

describe('the certificates of a site', () => {
  const folder = () => join(centre.folder, 'spoilt', 'certificates');
  const nowMs = Date.now();
  test.each([
    ['ca.pem', 'garbage', 'ca.pem'],
    ['cert.pem', '', 'cert.pem'],
    ['cert.pem', stranger.issue({ subject: 'console_c7' }).cert, 'key.pem'],
    ['key.pem', 'garbage', 'key.pem'],
    ['key.pem', '\0'.repeat(1000), 'key.pem'],
  ])('%s with something else in it is named', (name, text, named) => {
    putCertificates(join(centre.folder, 'spoilt'), own());
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
    putCertificates(join(centre.folder, 'spoilt'), own());
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
