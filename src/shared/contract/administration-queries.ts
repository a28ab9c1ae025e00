import { z } from 'zod';
import { Authority } from '../domain/authority.ts';
import { ErasureId, UserId } from '../domain/ids.ts';
import { ErasureScope, RetentionClass } from '../domain/retention.ts';
import { Role } from '../domain/role.ts';
import { operation } from './row.ts';

const ms = z.number().int();

const ErasureRow = z.object({
  erasure: ErasureId,
  scope: ErasureScope,
  basis: z.string().nullable(),
  orderedMs: ms,
  /** Null where its time had come by itself. */
  orderedBy: UserId.nullable(),
  /** Null until it is carried out. */
  doneMs: ms.nullable(),
  texts: z.number().int().nullable(),
  rows: z.number().int().nullable(),
});
export type ErasureRow = z.infer<typeof ErasureRow>;

/** Somebody who may sign in. */
const UserRow = z.object({
  user: UserId,
  name: z.string(),
  role: Role,
  /** On whose behalf they act; null where nobody has said. */
  authority: Authority.nullable(),
  /** Whether they have a badge to sign in by. */
  badge: z.boolean(),
  /** True for a user of training, whom everybody knows. */
  builtIn: z.boolean(),
});
export type UserRow = z.infer<typeof UserRow>;

/** As many names as are told at once. */
export const MOST_NAMED = 100;

/** What administrators look at: what is kept of persons, and who may sign in. */
export const administrationQueries = {
  /** How long each class of data is kept, and the newest erasures. */
  'retention.now': operation({
    roles: ['inspector', 'administrator'],
    input: z.object({}),
    output: z.object({
      classes: z.array(
        z.object({
          class: RetentionClass,
          /** Null where it is kept until somebody erases it. */
          days: z.number().int().nullable(),
          basis: z.string().nullable(),
        }),
      ),
      erasures: z.array(ErasureRow),
    }),
  }),
  /**
   * What those are called whose ids somebody has seen already, on a row or in a view: nobody is
   * found by it who was not. Whom nobody knows any more is left out.
   */
  'user.names': operation({
    roles: ['operator', 'supervisor', 'inspector', 'administrator'],
    input: z.object({ users: z.array(UserId).max(MOST_NAMED) }),
    output: z.object({ names: z.array(z.object({ user: UserId, name: z.string() })) }),
  }),
  /** Everybody who may sign in, by name; at most 500. */
  'user.list': operation({
    roles: ['administrator'],
    input: z.object({}),
    output: z.object({
      users: z.array(UserRow),
      /** Who stands on either side of the first line; null where the regime does not say. */
      sides: z.object({ first: Authority, home: Authority }).nullable(),
    }),
  }),
} as const;
