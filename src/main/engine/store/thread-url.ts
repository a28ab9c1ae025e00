/**
 * Where a worker thread's script is: beside the sources when running from them, beside the built
 * files (all in one folder) when built.
 */
export function threadUrl(base: string, source: string, built: string): URL {
  return new URL(base.endsWith('.ts') ? source : built, base);
}
