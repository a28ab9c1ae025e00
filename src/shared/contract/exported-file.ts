import { z } from 'zod';

/** A file for whoever asked, made and journalled in the engine; `sha256` is of its text. */
export const ExportedFile = z.object({ name: z.string(), text: z.string(), sha256: z.string() });
