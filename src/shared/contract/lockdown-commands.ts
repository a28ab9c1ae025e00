import { z } from 'zod';
import { AreaId, LockdownId } from '../domain/ids.ts';
import { LockdownExits } from '../domain/lockdown.ts';
import { operation } from './row.ts';

const proposers = ['operator', 'supervisor', 'administrator'] as const;
const second = ['supervisor', 'administrator'] as const;
const reason = z.string().trim().min(3).max(500);
const done = z.object({ seq: z.number().int() });
const one = z.object({ lockdown: LockdownId, reason });

/**
 * A lockdown of an area, or of the whole zone, by two persons: one proposes it, and another one, a
 * supervisor or administrator, confirms; so too for its end. Where the regime
 * says so they are one of each side of the first line.
 */
export const lockdownCommands = {
  'lockdown.propose': operation({
    roles: proposers,
    input: z.object({ area: AreaId.nullable(), exits: LockdownExits, reason }),
    output: z.object({ lockdown: LockdownId }),
  }),
  /** Begins what is proposed, or ends what is to end: `what` is what the person was shown. */
  'lockdown.confirm': operation({
    roles: second,
    input: one.extend({ what: z.enum(['begin', 'end']) }),
    output: done,
  }),
  /** Proposes its end. */
  'lockdown.end': operation({ roles: proposers, input: one, output: done }),
  /** Takes back what was proposed and is not confirmed. */
  'lockdown.withdraw': operation({ roles: proposers, input: one, output: done }),
} as const;
