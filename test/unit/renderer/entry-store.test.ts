import { expect, test } from 'vitest';
import { EntryStore, faultOf } from '../../../src/renderer/live/entry-store.ts';
import {
  CallError,
  type ConsoleClient,
  type LinkState,
} from '../../../src/shared/contract/client.ts';
import { FakeClient } from '../../kit/fake/client.ts';

/** A client that answers `session.current` when and how the test says. */
function given() {
  const waiting: { answer: (value: unknown) => void; fail: (error: unknown) => void }[] = [];
  let link: (state: LinkState) => void = () => {};
  const client = {
    query: () => new Promise((answer, fail) => waiting.push({ answer, fail })),
    onLink: (listener: (state: LinkState) => void) => {
      link = listener;
      return () => {};
    },
  } as unknown as ConsoleClient;
  const store = new EntryStore(client);
  store.start();
  return { store, waiting, link: (state: LinkState) => link(state) };
}

const nobody = { session: null, site: { name: {}, training: false }, trainingUsers: [] };

test('who is signed in is asked again each time the link opens', () => {
  const { waiting, link } = given();
  link('connecting');
  expect(waiting).toHaveLength(0);
  link('open');
  link('lost');
  link('open');
  expect(waiting).toHaveLength(2);
});

test('an older answer never overwrites a newer one', async () => {
  const { store, waiting, link } = given();
  link('open');
  link('open');
  waiting[1]?.answer(nobody);
  waiting[0]?.answer({ ...nobody, site: { name: {}, training: true } });
  await Promise.resolve();
  await Promise.resolve();
  expect(store.state().entry?.site.training).toBe(false);
});

test('a failed question keeps what was known and says why', async () => {
  const { store, waiting, link } = given();
  link('open');
  waiting[0]?.answer(nobody);
  await Promise.resolve();
  await Promise.resolve();
  const again = store.refresh();
  waiting[1]?.fail(new CallError({ code: 'link-lost', text: 'gone' }));
  await again;
  expect(store.state()).toMatchObject({ entry: nobody, fault: { code: 'link-lost' } });
});

test('signing in brings the session and the site, signing out takes both away', async () => {
  const store = new EntryStore(new FakeClient({ lanes: 4, nowMs: 0, stepMs: 0 }));
  await store.refresh();
  expect(store.state().entry?.session).toBeNull();
  await expect(store.signIn('supervisor', 'wrong')).rejects.toThrow(CallError);
  await store.signIn('supervisor', 'training-secret');
  expect(store.state().entry?.session?.role).toBe('supervisor');
  expect(store.state().site?.site.lanes).toHaveLength(4);
  await store.signOut();
  expect(store.state()).toMatchObject({ entry: { session: null }, site: null });
});

test('anything thrown becomes a fault that a screen can show', () => {
  expect(faultOf(new CallError({ code: 'x', text: 'y', where: 'z' }))).toEqual({
    code: 'x',
    text: 'y',
    where: 'z',
  });
  expect(faultOf(new Error('broken'))).toEqual({ code: 'unexpected', text: 'broken' });
});

test('the site stays the same object over a lost link while nothing in it changed', async () => {
  const { store, waiting, link } = given();
  const session = { user: 'U1', name: 'one', role: 'operator', workstation: 'w' };
  const look = async (title: string) => {
    link('open');
    waiting.at(-1)?.answer({ ...nobody, session });
    await Promise.resolve();
    await Promise.resolve();
    waiting.at(-1)?.answer({ site: { id: 'zone' }, regime: { title } });
    await Promise.resolve();
    await Promise.resolve();
    return store.state().site;
  };
  const first = await look('version 1');
  expect(first).toMatchObject({ site: { id: 'zone' } });
  expect(await look('version 1')).toBe(first);
  expect(await look('version 2')).not.toBe(first);
});
