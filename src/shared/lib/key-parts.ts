/**
 * The keys of a binding as the page listens to it, in order: `$mod+k` is `$mod`, `k`. What may be
 * held besides, `[Shift]`, goes without saying.
 */
export function keyParts(binding: string): string[] {
  return binding.split('+').filter((part) => !part.startsWith('['));
}
