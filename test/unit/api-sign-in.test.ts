import { expect, test } from 'vitest';
import type { ApiDeps } from '../../src/main/engine/api/api-deps.ts';
import { runCommand } from '../../src/main/engine/api/commands.ts';
import type { Input } from '../../src/main/engine/core/input.ts';
import type { Session } from '../../src/shared/contract/commands.ts';
import type { UserId } from '../../src/shared/domain/ids.ts';
import { fail, ok, type Result } from '../../src/shared/lib/result.ts';

const CALLER = { workstation: 'browser-a', session: null } as const;
const SESSION: Session = {
  user: 'U-1' as UserId,
  name: 'chan',
  role: 'operator',
  workstation: 'browser-a',
};

/** The handlers' surroundings: one user, `chan`, and what is journalled in a list. */
function desk(answer: Result<Session>, kept: Result<unknown> = ok(null)) {
  const noted: unknown[] = [];
  const signedOut: string[] = [];
  const deps = {
    access: {
      signIn: () => Promise.resolve(answer),
      signOut: (workstation: string) => signedOut.push(workstation),
      isUser: (name: string) => name === 'chan',
    },
    submit: (input: Input) => {
      if (input.kind === 'noted') noted.push(...input.events);
      return Promise.resolve(kept);
    },
  } as unknown as ApiDeps;
  const signIn = (name: string) =>
    runCommand(deps, 'session.sign-in', { name, secret: 'x' }, CALLER);
  return { noted, signedOut, signIn };
}

const refusedAs = (name: string, why: string) => [
  { kind: 'access.refused', data: { name, why, workstation: 'browser-a' } },
];

test('a refused sign-in of a user is journalled with the name', async () => {
  const { noted, signIn } = desk(fail('sign-in-refused', 'the name or the secret is wrong'));
  await signIn('chan');
  expect(noted).toEqual(refusedAs('chan', 'wrong-secret'));
});

test('what nobody is called never stands in the journal: it may be a secret', async () => {
  const { noted, signIn } = desk(fail('sign-in-refused', 'the name or the secret is wrong'));
  await signIn('my-long-secret-1911');
  expect(noted).toEqual(refusedAs('', 'unknown'));
});

test('a try while locked is journalled as one', async () => {
  const { noted, signIn } = desk(fail('sign-in-locked', 'too many wrong tries'));
  await signIn('chan');
  expect(noted).toEqual(refusedAs('chan', 'locked-out'));
});

test('a try that was turned away unread is not journalled', async () => {
  const { noted, signIn } = desk(fail('sign-in-busy', 'too many people sign in at once'));
  await signIn('chan');
  expect(noted).toEqual([]);
});

test('a sign-in that cannot be journalled signs nobody in', async () => {
  const { signedOut, signIn } = desk(ok(SESSION), fail('not-written', 'the disk is full'));
  const answer = await signIn('chan');
  expect(answer.ok).toBe(false);
  expect(signedOut).toEqual(['browser-a']);
});
