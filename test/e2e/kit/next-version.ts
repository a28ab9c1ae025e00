import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MINUTE_MS } from '../../../src/shared/lib/hk-time.ts';
import type { RealConsole } from './console.ts';

const FILE = join('resources', 'regimes', 'cma-buffer-zone.json');
/** The file's word for a rule's verdict, which a linter takes for a promise's. */
export const THEN = 'then';

/** What tests change in a regime's file. */
export interface RegimeText {
  version: number;
  settings: object;
  rules: { id: string; require: object[]; oblige: string[]; [THEN]: string }[];
}

/** The regime that a training zone starts with. */
export function regimeInForce(): RegimeText {
  return JSON.parse(readFileSync(FILE, 'utf8')) as RegimeText;
}

/** The text of its next version, changed. */
export function nextVersion(change: (file: RegimeText) => RegimeText): string {
  const file = regimeInForce();
  return JSON.stringify(change({ ...file, version: file.version + 1 }), null, 2);
}

/** The zone's calendar, ms since 1970. */
async function zoneNow(running: RealConsole): Promise<number> {
  return Number((await running.order({ do: 'state' })).wallMs);
}

/** A whole minute of the zone's calendar that comes soon, ms since 1970. */
export async function minuteAhead(running: RealConsole, aheadMs: number): Promise<number> {
  return Math.ceil(((await zoneNow(running)) + aheadMs) / MINUTE_MS) * MINUTE_MS;
}
