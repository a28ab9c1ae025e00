import { z } from 'zod';

/**
 * What a person decides of somebody whose exit is missing: left without a read that is known here,
 * or is still inside.
 */
export const DayReturnOutcome = z.enum(['left', 'stayed']);
export type DayReturnOutcome = z.infer<typeof DayReturnOutcome>;

/**
 * `due`: inside, and not late yet. `unknown`: late, or an exit that nobody saw, and nobody has
 * decided. `stayed`: decided to be inside still. `closed`: was late and is back, or decided to have
 * left. Who is back in time leaves no row.
 */
export const DayReturnState = z.enum(['due', 'unknown', 'stayed', 'closed']);
export type DayReturnState = z.infer<typeof DayReturnState>;
