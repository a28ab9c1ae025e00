import { expect, test } from 'vitest';
import { lockdownActs } from '../../../src/renderer/actions/zone-acts.ts';
import { type CommandName, commands } from '../../../src/shared/contract/commands.ts';
import type { LockdownNow } from '../../../src/shared/contract/lockdown-view.ts';
import type { Role } from '../../../src/shared/domain/role.ts';

const may = (role: Role) => (name: CommandName) =>
  (commands[name].roles as readonly string[]).includes(role);
const at = (state: LockdownNow['state']) => ({ state, proposedBy: 'U-1' });

test.each([
  ['nothing was ever locked down', 'operator', undefined, ['begin']],
  ['the last one is over', 'operator', at('ended'), ['begin']],
  ['the last proposal was taken back', 'operator', at('withdrawn'), ['begin']],
  [
    'one is proposed: no other, and an operator confirms none',
    'operator',
    at('proposed'),
    ['withdraw'],
  ],
  ['one is proposed', 'supervisor', at('proposed'), ['confirm', 'withdraw']],
  ['one holds', 'supervisor', at('in-force'), ['end']],
  ['its end is proposed', 'administrator', at('ending'), ['confirm-end', 'withdraw']],
  ['an inspector looks on', 'inspector', at('in-force'), []],
  ['an inspector begins none', 'inspector', undefined, []],
] as const)('%s: what a %s can do', (_when, role, now, acts) => {
  expect(lockdownActs(now, 'U-2', may(role))).toEqual(acts);
});

test('whoever proposed it takes it back, and does not confirm it', () => {
  expect(lockdownActs(at('proposed'), 'U-1', may('supervisor'))).toEqual(['withdraw']);
});
