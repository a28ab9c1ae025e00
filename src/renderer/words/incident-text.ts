import type { IncidentType } from '../../shared/domain/incident.ts';
import { useWords, type WordParams } from './words.ts';

export interface IncidentWords {
  /** What happened, in a sentence. */
  what(type: IncidentType, params: WordParams): string;
  /** What to do about it. */
  next(type: IncidentType): string;
}

/** Incidents in plain words. */
export function useIncidentWords(): IncidentWords {
  const { t } = useWords();
  return {
    what: (type, params) => t(`incidents.what-${type}`, { count: '?', seconds: '?', ...params }),
    next: (type) => t(`incidents.next-${type}`),
  };
}
