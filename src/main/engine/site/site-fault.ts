/** One thing in a site file that cannot be, by its path, with what to do about it. */
export interface SiteFault {
  readonly path: string;
  readonly text: string;
}

/** What a list names twice though each must have its own. */
export function repeated<T>(list: string, all: readonly T[], key: (one: T) => string): SiteFault[] {
  const first = new Map<string, number>();
  return all.flatMap((one, n) => {
    const name = key(one);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, n);
    if (earlier === undefined) return [];
    const text = `${name} stands at ${list}[${earlier}] already: give each its own`;
    return [{ path: `${list}[${n}]`, text }];
  });
}
