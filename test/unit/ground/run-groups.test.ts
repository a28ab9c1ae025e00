import { expect, test, vi } from 'vitest';
import { type Group, runGroups } from '../../../scripts/suites/run-groups.mjs';
import { emptyTally } from '../../../scripts/suites/tally.mjs';

const passed = { ...emptyTally(), passed: 1 };
const failed = { ...emptyTally(), failed: 1, notes: ['kill: an event was lost'] };

/** A group that tells when it begins and ends, and ends when it is let go. */
function group(name: string, aside: boolean, order: string[], tally = passed) {
  const gate = Promise.withResolvers<void>();
  const made: Group = {
    suites: [name],
    needs: [],
    aside,
    async run(_ground, _args, _suites, hear) {
      order.push(`${name} begins`);
      hear?.(`${name} says\n`);
      await gate.promise;
      order.push(`${name} ends`);
      return tally;
    },
  };
  return { chosen: { group: made, suites: [name] }, letGo: gate.resolve };
}

/** What is written to the standard output while a function runs. */
async function heard(run: () => Promise<void>): Promise<string> {
  const texts: string[] = [];
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    texts.push(String(text));
    return true;
  });
  await run().finally(() => write.mockRestore());
  return texts.join('');
}

const how = { args: [], prepare: () => Promise.resolve({ node: 'node' }), isStopped: () => false };

test('a suite that stands aside runs beside the others, is shown last and counts', async () => {
  const order: string[] = [];
  const nights = group('nights', true, order);
  const kill = group('kill', true, order, failed);
  const host = group('host', false, order);
  const said = await heard(async () => {
    const run = runGroups([nights.chosen, kill.chosen, host.chosen], how);
    await vi.waitFor(() => expect(order).toHaveLength(2));
    host.letGo();
    nights.letGo();
    await vi.waitFor(() => expect(order).toContain('kill begins'));
    kill.letGo();
    expect(await run).toEqual([passed, passed, failed]);
  });
  expect(order.indexOf('nights ends')).toBeLessThan(order.indexOf('kill begins'));
  expect(said.trim().split(/\n+/)).toEqual([
    '=== host ===',
    '=== nights (beside the others) ===',
    'nights says',
    '=== kill (beside the others) ===',
    'kill says',
  ]);
});

test('alone, or with certain tests asked for, it is shown as it runs', async () => {
  const order: string[] = [];
  const kill = group('kill', true, order);
  const host = group('host', false, order);
  kill.letGo();
  host.letGo();
  expect(await heard(async () => void (await runGroups([kill.chosen], how)))).not.toContain(
    'kill says',
  );
  const both = [kill.chosen, host.chosen];
  const said = await heard(
    async () => void (await runGroups(both, { ...how, args: ['-t', 'one'] })),
  );
  expect(said).not.toContain('beside the others');
});

test('after a stop nothing more is begun, beside the others neither', async () => {
  const order: string[] = [];
  const [nights, kill] = [group('nights', true, order), group('kill', true, order)];
  const host = group('host', false, order);
  let isStopped = false;
  await heard(async () => {
    const run = runGroups([nights.chosen, kill.chosen, host.chosen], {
      ...how,
      isStopped: () => isStopped,
    });
    await vi.waitFor(() => expect(order).toContain('host begins'));
    isStopped = true;
    host.letGo();
    nights.letGo();
    await run;
  });
  expect(order).not.toContain('kill begins');
});
