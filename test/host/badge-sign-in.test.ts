import { expect, test } from 'vitest';
import type { BadgeReadRow, DeskReadRow } from '../../src/shared/contract/views.ts';
import { h10301 } from '../../src/shared/domain/credential.ts';
import type { Role } from '../../src/shared/domain/role.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { badgeOf } from '../../src/shared/wire/badges.ts';
import { PcproxDevice } from '../../src/training/readers/pcprox-device.ts';
import { callerOf } from '../kit/caller.ts';
import { FakeHid } from '../kit/fake-hid.ts';
import { value } from '../kit/journal-kit.ts';
import { viewUntil } from '../kit/small-zone.ts';
import { until } from '../kit/waiting.ts';
import { startWatchedZone } from '../kit/watched-zone.ts';

const BADGE = h10301(7, 1234);
const SECRET = 'Long enough 4 a secret';
const PIN = '480157';
const at = { workstation: 'desk-window', session: null };

/** A user `chan` with a password, and a reader on the desk; nobody has a badge yet. */
async function start() {
  const hid = new FakeHid();
  const device = new PcproxDevice();
  hid.plug('/dev/hidraw0', 'SN1', device);
  const { zone, journal } = await startWatchedZone([{ n: 1 }], { hid });
  const { backend } = zone.engine;
  const tell = (name: string, input: object, role: Role = 'administrator') =>
    backend.command(name, input, callerOf(role));
  value(await tell('user.add', { name: 'chan', role: 'operator', secret: SECRET }));
  const own = async (pin: string) => {
    const session = value(
      await backend.command('session.sign-in', { name: 'chan', secret: SECRET }, at),
    );
    return backend.command(
      'session.choose-pin',
      { secret: SECRET, pin },
      {
        ...at,
        session: session as never,
      },
    );
  };
  const enter = (pin: string) => backend.command('session.sign-in-badge', { pin }, at);
  const hold = async (facility: number, card: number) => {
    device.lift();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const before = journal.all('desk.read').length;
    device.hold(must(badgeOf(h10301(facility, card)), 'badge'));
    await until('the read', () => journal.all('desk.read').length > before);
  };
  await journal.first('reader.state', ({ online }) => online);
  return { zone, journal, tell, own, enter, hold };
}

const REFUSED = { ok: false, fault: { code: 'sign-in-refused' } };

test('a badge names who it is and a PIN shows it; neither signs in alone', async () => {
  const { zone, journal, tell, own, enter, hold } = await start();
  expect(await own(PIN)).toMatchObject({ ok: false, fault: { code: 'badge-none' } });
  value(await tell('user.give-badge', { name: 'chan', badge: BADGE }));
  expect(await enter(PIN)).toMatchObject({ ok: false, fault: { code: 'badge-unread' } });
  await hold(7, 1234);
  // No PIN was chosen yet: the badge is worth nothing.
  expect(await enter(PIN)).toMatchObject(REFUSED);
  expect(await own('123456')).toMatchObject({ ok: false, fault: { code: 'pin-weak' } });
  value(await own(PIN));
  const wrong = await enter('480158');
  expect(wrong).toMatchObject(REFUSED);
  const session = value(await enter(PIN));
  expect(session).toMatchObject({ name: 'chan', role: 'operator', workstation: 'desk-window' });
  expect(zone.engine.backend.sessionOf('desk-window')).toMatchObject({ name: 'chan' });
  const by = journal.all('access.signed-in').filter(({ data }) => data.by === 'badge');
  expect(by).toHaveLength(1);
  // Used once: whoever comes next holds their own.
  expect(await enter(PIN)).toMatchObject({ ok: false, fault: { code: 'badge-unread' } });
  // A badge of nobody is told of in the same words, and neither number nor PIN is journalled.
  await hold(7, 9);
  expect(await enter(PIN)).toEqual(wrong);
  const written = JSON.stringify(journal.events());
  expect(written).not.toContain(BADGE);
  expect(written).not.toContain(PIN);
  expect(journal.all('access.refused').map(({ data }) => [data.name, data.why])).toEqual([
    ['chan', 'wrong-secret'],
    ['chan', 'wrong-secret'],
    ['', 'unknown'],
  ]);
}, 120_000);

test('five wrong PINs lock the user, the password too; a badge taken away is none', async () => {
  const { journal, zone, tell, own, enter, hold } = await start();
  value(await tell('user.give-badge', { name: 'chan', badge: BADGE }));
  value(await own(PIN));
  const others = await tell('user.give-badge', { name: 'operator-none', badge: BADGE });
  expect(others).toMatchObject({ ok: false, fault: { code: 'not-found' } });
  value(await tell('user.add', { name: 'lee', role: 'operator', secret: `${SECRET} too` }));
  const taken = await tell('user.give-badge', { name: 'lee', badge: BADGE });
  expect(taken).toMatchObject({ ok: false, fault: { code: 'badge-taken' } });
  await hold(7, 1234);
  for (let n = 0; n < 5; n += 1) expect(await enter(`48015${n}`)).toMatchObject(REFUSED);
  const locked = { ok: false, fault: { code: 'sign-in-locked' } };
  expect(await enter(PIN)).toMatchObject(locked);
  const elsewhere = { workstation: 'other', session: null };
  const byName = { name: 'chan', secret: SECRET };
  const { backend } = zone.engine;
  expect(await backend.command('session.sign-in', byName, elsewhere)).toMatchObject(locked);
  value(await tell('user.give-badge', { name: 'chan', badge: null }));
  expect(await backend.command('session.sign-in-badge', { pin: PIN }, elsewhere)).toMatchObject({
    ok: false,
    fault: { code: 'sign-in-refused' },
  });
  const changes = journal.all('access.user-changed').map(({ data }) => data.change);
  expect(changes).toEqual(['added', 'badge given', 'PIN chosen', 'added', 'badge taken away']);
}, 120_000);

test('the sign-in page is told that a badge was read, never which', async () => {
  const { zone, hold, tell } = await start();
  value(await tell('user.give-badge', { name: 'chan', badge: BADGE }));
  await hold(7, 1234);
  const { engine } = zone;
  const rows = await viewUntil<BadgeReadRow>(engine, 'badge-read', (all) => all.size > 0);
  expect(Object.keys(rows.get('now') ?? {}).sort()).toEqual(['atMs', 'reader']);
  expect(rows.get('now')?.reader).toBe('desk-1');
  const reads = await viewUntil<DeskReadRow>(engine, 'desk-reads', (all) => all.size > 0);
  expect(reads.get('desk-1')).toMatchObject({ permit: null });
}, 120_000);
