import { z } from 'zod';

/** A spreadsheet file's name and text, and the SHA-256 of its bytes, in hex. */
export const ExportedFile = z.object({ name: z.string(), text: z.string(), sha256: z.string() });
export type ExportedFile = z.infer<typeof ExportedFile>;
