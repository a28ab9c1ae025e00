import { z } from 'zod';

/** The customs and immigration authorities that stand at a zone's lines. */
export const Authority = z.enum(['hong-kong', 'mainland', 'macao']);
export type Authority = z.infer<typeof Authority>;
