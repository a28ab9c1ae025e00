import type { RegimeSettings } from '../regime-shape.ts';
import type { ObligationMaker } from './obligation-maker.ts';

/** The passage makes its day one of presence, counted by this rule. */
export interface PresenceDay {
  readonly is: 'presence-day';
  readonly partDayRule: RegimeSettings['partDayRule'] | null;
}

export const presenceDay: ObligationMaker<PresenceDay, 'person'> = {
  is: 'presence-day',
  kinds: ['person'],
  make(_facts, { settings }) {
    return { is: 'presence-day', partDayRule: settings.partDayRule ?? null };
  },
};
