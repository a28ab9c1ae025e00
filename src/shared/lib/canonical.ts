/** What may stand in a journal event: JSON with no undefined, no NaN, no dates. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What stands in JSON as it is: most texts of events are names and ids. */
const PLAIN = /^[ !#-[\]-~]*$/;

/**
 * Canonical JSON text: keys sorted by code unit at every depth, no white space, `undefined` members
 * left out. Serialised once; what is stored is what was hashed.
 * Throws on a value that JSON cannot hold (a programmer's mistake).
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return PLAIN.test(value) ? `"${value}"` : JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`not a JSON number: ${value}`);
      return `${value}`;
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value)
        ? canonicalArray(value)
        : canonicalObject(value as Record<string, unknown>);
    default:
      throw new Error(`not a JSON value: ${typeof value}`);
  }
}

function canonicalArray(value: readonly unknown[]): string {
  let text = '';
  for (const member of value) text += `${text === '' ? '' : ','}${canonicalJson(member)}`;
  return `[${text}]`;
}

function canonicalObject(value: Record<string, unknown>): string {
  let text = '';
  for (const key of sorted(Object.keys(value))) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(key)}${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Sorts in place, by insertion: an event's dozen keys cost less so than by the general sort. */
function sorted(keys: string[]): string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let i = 1; i < keys.length; i += 1) {
    const key = keys[i] as string;
    let at = i;
    for (; at > 0 && (keys[at - 1] as string) > key; at -= 1) keys[at] = keys[at - 1] as string;
    keys[at] = key;
  }
  return keys;
}

const FEW_KEYS = 24;

/** Events have a few hundred keys between them: quoting each once saves a third of the work. */
const quotedKeys = new Map<string, string>();
const KEYS_KEPT = 2_000;

/** The key in quotes, with its colon. */
function quoted(key: string): string {
  let text = quotedKeys.get(key);
  if (text === undefined) {
    text = `${JSON.stringify(key)}:`;
    if (quotedKeys.size < KEYS_KEPT) quotedKeys.set(key, text);
  }
  return text;
}
