import { expect, test } from 'vitest';
import { UserNames } from '../../../src/renderer/live/user-names.ts';
import type { ConsoleClient } from '../../../src/shared/contract/client.ts';

type Answer = { readonly names: readonly { readonly user: string; readonly name: string }[] };

/** A store whose moment is over when the test says, and what it asked the engine. */
function given(answer: (users: readonly string[]) => Promise<Answer>) {
  const asked: (readonly string[])[] = [];
  const due: (() => void)[] = [];
  const client = {
    query: (_name: string, { users }: { readonly users: readonly string[] }) => {
      asked.push(users);
      return answer(users);
    },
  } as unknown as ConsoleClient;
  const store = new UserNames(client, (run) => due.push(run));
  const settle = async () => {
    for (const run of due.splice(0)) run();
    await new Promise((done) => setImmediate(done));
  };
  return { asked, settle, store };
}

const named = (users: readonly string[]) =>
  Promise.resolve({ names: users.map((user) => ({ user, name: `name of ${user}` })) });

test('whoever is shown in one moment is asked for once and together', async () => {
  const { asked, settle, store } = given(named);
  let told = 0;
  store.subscribe(() => {
    told += 1;
  });
  store.want('U-1');
  store.want('U-2');
  store.want('U-1');
  await settle();
  expect(asked).toEqual([['U-1', 'U-2']]);
  expect(told).toBe(1);
  store.want('U-2');
  await settle();
  expect(asked).toHaveLength(1);
  expect(store.known().get('U-2')).toBe('name of U-2');
});

test('whom nobody knows any more is asked for once, and has no name', async () => {
  const { asked, settle, store } = given(() => Promise.resolve({ names: [] }));
  store.want('U-gone');
  await settle();
  store.want('U-gone');
  await settle();
  expect(asked).toEqual([['U-gone']]);
  expect(store.known().get('U-gone')).toBeNull();
});

test('more than one question may ask for go on in the next', async () => {
  const { asked, settle, store } = given(named);
  for (let n = 0; n < 130; n += 1) store.want(`U-${n}`);
  await settle();
  expect(asked.map(({ length }) => length)).toEqual([100, 30]);
  expect(store.known().size).toBe(130);
});

test('a question that failed is asked again by whoever is drawn next', async () => {
  let isUp = false;
  const { asked, settle, store } = given((users) =>
    isUp ? named(users) : Promise.reject(new Error('link lost')),
  );
  store.want('U-1');
  await settle();
  expect(store.known().has('U-1')).toBe(false);
  isUp = true;
  store.want('U-1');
  await settle();
  expect(asked).toHaveLength(2);
  expect(store.known().get('U-1')).toBe('name of U-1');
});

test('what somebody else was told is forgotten, an answer on its way too', async () => {
  let tell: (answer: Answer) => void = () => {};
  const { settle, store } = given(() => new Promise((done) => (tell = done)));
  store.want('U-1');
  await settle();
  store.forget();
  tell({ names: [{ user: 'U-1', name: 'somebody' }] });
  await settle();
  expect(store.known().size).toBe(0);
});
