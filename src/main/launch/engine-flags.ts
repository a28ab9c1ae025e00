/**
 * How Node runs the engine: what its inputs leave behind is swept at every 8 MB. By default it
 * gathers up to 100 MB first, which a busy zone fills.
 */
export const ENGINE_FLAGS: readonly string[] = ['--max-semi-space-size=8'];
