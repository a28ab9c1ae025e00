import type { ExportedFile } from '../../../shared/contract/exported-file.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';
import type { ApiDeps } from './api-deps.ts';
import { note } from './note.ts';

/** What a file was asked for by, and how much stands in it. */
interface Disclosed {
  readonly query: string;
  readonly purpose: string;
  readonly settled: Readonly<Record<string, string | number>>;
  readonly rows: number;
}

/** Personal data leave the console as a file: who took which bytes is durable before they do. */
export async function handOut(
  deps: ApiDeps,
  caller: Caller,
  { settled, ...asked }: Disclosed,
  file: ExportedFile,
): Promise<Result<unknown>> {
  const bytes = Buffer.byteLength(file.text);
  const data = { ...asked, settled: { ...settled, bytes, sha256: file.sha256 } };
  const kept = await note(deps, caller, { kind: 'disclosure.made', data });
  return kept.ok ? ok(file) : kept;
}
