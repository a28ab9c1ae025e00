import type { CommandInput } from '../../../shared/contract/commands.ts';
import type { Caller } from '../../../shared/contract/transport/backend.ts';
import type { Permit } from '../../../shared/domain/permit.ts';
import type { QrClaims } from '../../../shared/domain/qr-permit.ts';
import { MINUTE_MS, minuteOf } from '../../../shared/lib/hk-time.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import { ledgerReads } from '../projections/gather/ledger.ts';
import type { ApiDeps } from './api-deps.ts';
import { note } from './note.ts';

/**
 * Signs a permit's code for its holder. Who had it printed and for what is durable in the journal
 * before anything is handed out. Faults: `no-permit`, `permit-not-in-force`, those of signing.
 */
export async function printCode(
  deps: ApiDeps,
  input: CommandInput<'permit.print-code'>,
  caller: Caller,
): Promise<Result<unknown>> {
  if (caller.session === null) return fail('signed-out', 'sign in first');
  const ledger = ledgerReads(deps.db);
  const permit = deps.reference.permit(input.permit, ledger.inForce());
  if (permit === null) return fail('no-permit', `there is no permit ${input.permit}`);
  const nowMs = deps.clock.wallMs();
  const suspended = ledger.isSuspendedHere(permit.permit);
  if (suspended || permit.status !== 'active' || permit.validToMs <= nowMs) {
    const text = 'the permit is not in force: a code of it would be refused everywhere';
    return fail('permit-not-in-force', text);
  }
  const claims = claimsOf(permit, nowMs, deps.site.site.codes?.signing?.hours ?? 0);
  const signed = await deps.signCode(claims);
  if (!signed.ok) return signed;
  const { text, token, key } = signed.value;
  const validToMs = claims.exp * 1000;
  const data = { permit: permit.permit, token, key, validToMs, purpose: input.purpose };
  const kept = await note(deps, caller, { kind: 'permit.code-printed', data });
  if (!kept.ok) return kept;
  const { person, class: holder } = permit;
  const validFromMs = claims.nbf * 1000;
  return ok({ text, permit: permit.permit, person, class: holder, validFromMs, validToMs });
}

/** Valid from this minute on for as long as the site lets a code be, never beyond the permit. */
function claimsOf(permit: Permit, nowMs: number, hours: number): QrClaims {
  const fromMs = Math.max(minuteOf(nowMs), minuteOf(permit.validFromMs));
  const toMs = Math.min(minuteOf(permit.validToMs), fromMs + hours * 60 * MINUTE_MS);
  const { permit: jti, person: sub, class: cls } = permit;
  return { jti, sub, cls, nbf: fromMs / 1000, exp: toMs / 1000 };
}
