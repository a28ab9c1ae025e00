import { dueBackMs } from '../due-back.ts';
import type { ObligationMaker } from './obligation-maker.ts';

/** Out again by then, ms since 1970; null where the regime sets no cut-off. */
export interface DueBack {
  readonly is: 'due-back';
  readonly byMs: number | null;
}

export const dueBack: ObligationMaker<DueBack, 'person'> = {
  is: 'due-back',
  kinds: ['person'],
  make({ atMs }, { settings }) {
    return { is: 'due-back', byMs: dueBackMs(settings, atMs) };
  },
};
