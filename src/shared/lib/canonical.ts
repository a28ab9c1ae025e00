/** What may stand in a journal event: JSON with no undefined, no NaN, no dates. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/**
 * Canonical JSON text: keys sorted by code unit at every depth, no white space, `undefined` members
 * left out. Serialised once; what is stored is what was hashed.
 * Throws on a value that JSON cannot hold (a programmer's mistake).
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new Error(`not a JSON number: ${value}`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value === 'object') return canonicalObject(value as Record<string, unknown>);
  throw new Error(`not a JSON value: ${typeof value}`);
}

function canonicalObject(value: Record<string, unknown>): string {
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const member = value[key];
    if (member === undefined) continue;
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson(member)}`;
  }
  return `{${text}}`;
}

/** Events have a few hundred keys between them: quoting each once saves a third of the work. */
const quotedKeys = new Map<string, string>();
const KEYS_KEPT = 2_000;

function quoted(key: string): string {
  let text = quotedKeys.get(key);
  if (text === undefined) {
    text = JSON.stringify(key);
    if (quotedKeys.size < KEYS_KEPT) quotedKeys.set(key, text);
  }
  return text;
}
