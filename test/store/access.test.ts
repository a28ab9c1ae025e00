import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Access, openAccess } from '../../src/main/engine/access/open-access.ts';
import { userNames } from '../../src/main/engine/api/users.ts';
import type { UserId } from '../../src/shared/domain/ids.ts';
import { ManualClock } from '../../src/shared/lib/clock.ts';
import type { Result } from '../../src/shared/lib/result.ts';
import { bytesOf } from '../kit/raw-database.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SECRET = '羅湖-橋-1911-上行';

let dir: string;
let clock: ManualClock;
let access: Access | null;
let drawn: number;

/** Chance that repeats: the test's, never the console's. */
function random(bytes: number): Uint8Array {
  drawn += 1;
  return createHash('sha512').update(`draw ${drawn}`).digest().subarray(0, bytes);
}

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'twoline-access-'));
  clock = new ManualClock(0, 60);
  access = null;
  drawn = 0;
});

afterEach(() => {
  access?.close();
  rmSync(dir, { recursive: true, force: true });
});

function open(training = true): Access {
  access?.close();
  const opened = openAccess({ dir, training, clock, random });
  if (!opened.ok) throw new Error(opened.fault.text);
  access = opened.value;
  return opened.value;
}

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.fault.code);

async function wrongTries(people: Access, times: number, name: string, workstation: string) {
  const codes: string[] = [];
  for (let i = 0; i < times; i += 1) {
    codes.push(codeOf(await people.signIn(name, `wrong-${i}`, workstation)));
  }
  return codes;
}

describe('sign-in', () => {
  test('each of the four training users signs in with the secret that is shown', async () => {
    const people = open();
    const users = people.trainingUsers();
    expect(users.map(({ role }) => role)).toEqual([
      'operator',
      'supervisor',
      'inspector',
      'administrator',
    ]);
    for (const { name, role, secret } of users) {
      const signedIn = await people.signIn(name, secret, `desk of ${role}`);
      expect(signedIn).toMatchObject({ ok: true, value: { name, role } });
      expect(people.sessionOf(`desk of ${role}`)).toMatchObject({ name, role });
    }
  });

  test('a real site has no users, shows none and refuses those of training', async () => {
    const people = open(false);
    expect(people.trainingUsers()).toEqual([]);
    const tried = await people.signIn('administrator', 'administrator-training', 'w');
    expect(codeOf(tried)).toBe('sign-in-refused');
    expect(people.sessionOf('w')).toBe(null);
  });

  test('a folder used for training leaves nobody signed in on a real site', async () => {
    const training = open(true);
    await training.signIn('supervisor', 'supervisor-training', 'w');
    const real = open(false);
    expect(real.sessionOf('w')).toBe(null);
    expect(codeOf(await real.signIn('supervisor', 'supervisor-training', 'w'))).toBe(
      'sign-in-refused',
    );
  });

  test('an added user signs in, whatever the case and width of the name', async () => {
    const people = open(false);
    const added = await people.addUser({ name: '陳大文 Chan', role: 'inspector', secret: SECRET });
    expect(codeOf(added)).toBe('ok');
    const signedIn = await people.signIn(' 陳大文 ＣＨＡＮ ', SECRET, 'w');
    expect(signedIn).toMatchObject({ ok: true, value: { name: '陳大文 Chan', role: 'inspector' } });
  });

  test('a user added by another program is known at once', async () => {
    const people = open(false);
    const other = openAccess({ dir, training: false, clock, random });
    if (!other.ok) throw new Error(other.fault.text);
    await other.value.addUser({ name: 'admin', role: 'administrator', secret: SECRET });
    other.value.close();
    expect(codeOf(await people.signIn('admin', SECRET, 'w'))).toBe('ok');
  });

  test('the answer for an unknown name and for a wrong secret is the same', async () => {
    const people = open();
    const unknown = await people.signIn('nobody', 'x', 'a');
    const wrong = await people.signIn('operator', 'x', 'b');
    expect(unknown).toEqual(wrong);
    expect(codeOf(wrong)).toBe('sign-in-refused');
  });

  test.each([
    ['', SECRET, 'name-bad'],
    ['a\u0000b', SECRET, 'name-bad'],
    ['x'.repeat(65), SECRET, 'name-bad'],
    ['ada', 'short', 'secret-weak'],
    ['ada', 'i-am-ADA-lovelace', 'secret-weak'],
    ['ada', 'aaaaaaaaaaaa', 'secret-weak'],
    ['ada', 'supervisor-training', 'secret-weak'],
    ['Operator', SECRET, 'user-exists'],
  ])('user %j with secret %j is refused: %s', async (name, secret, code) => {
    const people = open(true);
    expect(codeOf(await people.addUser({ name, role: 'operator', secret }))).toBe(code);
  });

  test('no name is given twice, not even by two at once', async () => {
    const people = open(false);
    const add = () => people.addUser({ name: 'ada', role: 'operator', secret: SECRET });
    const codes = (await Promise.all([add(), add()])).map(codeOf);
    expect(codes.sort()).toEqual(['ok', 'user-exists']);
  });

  test('secrets are stored as scrypt hashes, salted each on its own', async () => {
    const people = open(false);
    await people.addUser({ name: 'ada', role: 'operator', secret: SECRET });
    await people.addUser({ name: 'grace', role: 'operator', secret: SECRET });
    people.close();
    access = null;
    const bytes = bytesOf(join(dir, 'access.db'));
    expect(bytes.includes(SECRET)).toBe(false);
    const stored = bytes.toString('latin1').match(/scrypt-32768-8-3\$[\w-]{22}\$[\w-]{43}/g) ?? [];
    expect(new Set(stored).size).toBe(2);
  });
});

test('a name is told for an id that somebody has, and for no other', async () => {
  const people = open();
  const added = await people.addUser({ name: 'ada', role: 'operator', secret: SECRET });
  const id = added.ok ? added.value : ('U-none' as UserId);
  const users = ['training-operator', id, 'U-gone'] as UserId[];
  expect(userNames({ access: people }, { users }).names).toEqual([
    { user: 'training-operator', name: 'operator' },
    { user: id, name: 'ada' },
  ]);
});

describe('lock-out', () => {
  test('five wrong in a row lock the user everywhere, for five minutes of real time', async () => {
    const people = open();
    for (const at of ['a', 'b', 'c', 'd', 'e']) await wrongTries(people, 1, 'operator', at);
    const right = () => people.signIn('operator', 'operator-training', 'f');
    expect(codeOf(await right())).toBe('sign-in-locked');
    clock.advance(5 * MINUTE - 1);
    expect(codeOf(await right())).toBe('sign-in-locked');
    clock.advance(1);
    expect(codeOf(await right())).toBe('ok');
  });

  test('the wall clock cannot end a lock', async () => {
    const people = open();
    await wrongTries(people, 5, 'operator', 'a');
    clock.stepWall(24 * HOUR);
    expect(codeOf(await people.signIn('operator', 'operator-training', 'b'))).toBe(
      'sign-in-locked',
    );
  });

  test('five wrong names at one workstation lock the workstation, not the users', async () => {
    const people = open();
    for (const name of ['x1', 'x2', 'x3', 'x4', 'x5']) await wrongTries(people, 1, name, 'a');
    expect(codeOf(await people.signIn('operator', 'operator-training', 'a'))).toBe(
      'sign-in-locked',
    );
    expect(codeOf(await people.signIn('operator', 'operator-training', 'b'))).toBe('ok');
  });

  test('a right secret ends the row: four wrong, one right, four wrong lock nobody', async () => {
    const people = open();
    await wrongTries(people, 4, 'operator', 'a');
    expect(codeOf(await people.signIn('operator', 'operator-training', 'a'))).toBe('ok');
    expect(await wrongTries(people, 4, 'operator', 'a')).not.toContain('sign-in-locked');
    expect(codeOf(await people.signIn('operator', 'operator-training', 'a'))).toBe('ok');
  });

  test('many tries at once count as many', async () => {
    const people = open(false);
    await people.addUser({ name: 'ada', role: 'operator', secret: SECRET });
    const tries = Array.from({ length: 8 }, (_, i) => people.signIn('ada', `w${i}`, `d${i}`));
    const codes = (await Promise.all(tries)).map(codeOf);
    expect(codes.filter((code) => code === 'sign-in-refused')).toHaveLength(5);
    expect(codes.filter((code) => code === 'sign-in-locked')).toHaveLength(3);
  });

  test('a crowd of tries is turned away without work', async () => {
    const people = open();
    const tries = Array.from({ length: 20 }, (_, i) => people.signIn('operator', 'w', `d${i}`));
    const codes = (await Promise.all(tries)).map(codeOf);
    expect(codes.filter((code) => code === 'sign-in-busy')).toHaveLength(4);
  });

  test('a restart of the engine ends no lock', async () => {
    const first = open();
    await wrongTries(first, 5, 'operator', 'a');
    const second = open();
    expect(codeOf(await second.signIn('operator', 'operator-training', 'b'))).toBe(
      'sign-in-locked',
    );
    clock.advance(5 * MINUTE);
    expect(codeOf(await second.signIn('operator', 'operator-training', 'b'))).toBe('ok');
  });

  test('what was typed as an unknown name is not written down', async () => {
    const people = open();
    await wrongTries(people, 6, 'my-secret-in-the-wrong-field', 'a');
    people.close();
    access = null;
    const bytes = bytesOf(join(dir, 'access.db'));
    expect(bytes.includes('wrong-field')).toBe(false);
    expect(bytes.includes('workstation a')).toBe(true);
  });
});

describe('sessions', () => {
  test('a restart of the engine signs nobody out', async () => {
    const first = open();
    await first.signIn('supervisor', 'supervisor-training', 'w');
    const second = open();
    expect(second.sessionOf('w')).toMatchObject({ name: 'supervisor', role: 'supervisor' });
    expect(second.sessionOf('other')).toBe(null);
  });

  test('a session ends after twelve hours of real time, whatever restarts meanwhile', async () => {
    let people = open();
    await people.signIn('operator', 'operator-training', 'w');
    for (let hour = 0; hour < 11; hour += 1) {
      clock.advance(HOUR);
      expect(people.sessionOf('w')).not.toBe(null);
      people = open();
    }
    clock.advance(HOUR - 1);
    expect(people.sessionOf('w')).not.toBe(null);
    clock.advance(1);
    expect(people.sessionOf('w')).toBe(null);
    expect(open().sessionOf('w')).toBe(null);
  });

  test('signing out ends it and tells who it was; another sign-in replaces it', async () => {
    const people = open();
    await people.signIn('operator', 'operator-training', 'w');
    await people.signIn('supervisor', 'supervisor-training', 'w');
    expect(people.signOut('w')).toMatchObject({ role: 'supervisor' });
    expect(people.sessionOf('w')).toBe(null);
    expect(people.signOut('w')).toBe(null);
    expect(open().sessionOf('w')).toBe(null);
  });

  test('a file that is no database of ours is refused by name', () => {
    const people = open();
    people.close();
    access = null;
    writeFileSync(join(dir, 'access.db'), 'not a database at all, but long enough to look at');
    const opened = openAccess({ dir, training: true, clock, random });
    expect(codeOf(opened)).toBe('store-damaged');
  });
});
