import { z } from 'zod';

export const LANGUAGES = ['zh-HK', 'zh-CN', 'en'] as const;
export const Language = z.enum(LANGUAGES);
export type Language = z.infer<typeof Language>;

/** A text in the console's three languages; none may be missing. */
export const Text3 = z.object({
  'zh-HK': z.string().min(1).max(2000),
  'zh-CN': z.string().min(1).max(2000),
  en: z.string().min(1).max(2000),
});
export type Text3 = z.infer<typeof Text3>;

/** Between several texts of the engine that are shown as one: each is known again by itself. */
export const BETWEEN_TEXTS = ' | ';
