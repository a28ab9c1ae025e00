import { z } from 'zod';

/**
 * What can be suspended here besides a permit: whoever holds one, or an enterprise and with it all
 * permits behind which it stands.
 */
export const SuspendedKind = z.enum(['person', 'enterprise']);
export type SuspendedKind = z.infer<typeof SuspendedKind>;
