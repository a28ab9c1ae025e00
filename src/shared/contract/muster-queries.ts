import { z } from 'zod';
import { Language } from '../domain/text.ts';
import { ExportedFile } from './exported-file.ts';
import { operation } from './row.ts';

export const musterQueries = {
  /**
   * The newest muster as a spreadsheet file to hand on: who is missing, who is not on the list, who
   * is present, with names, and when and where each was marked. Whoever may run a muster may take
   * it; that a file with names left the console stands in the journal before.
   */
  'muster.csv': operation({
    roles: ['operator', 'supervisor'],
    discloses: true,
    input: z.object({ language: Language }),
    output: ExportedFile,
  }),
} as const;
