import type { Credential } from '../../../../shared/domain/credential.ts';
import type { Permit } from '../../../../shared/domain/permit.ts';
import { codePermit } from '../../../../shared/domain/qr-permit.ts';
import type { InForce, ReferenceLookup } from '../../reference/lookup.ts';
import type { LedgerReads } from './ledger.ts';

/**
 * Whose badge it is. A badge that was replaced here stands in place of the permit's own until a
 * dataset names another one for the permit: from then on the dataset is right.
 */
export class BadgeLookup {
  readonly #reference: ReferenceLookup;
  readonly #ledger: LedgerReads;

  constructor(reference: ReferenceLookup, ledger: LedgerReads) {
    this.#reference = reference;
    this.#ledger = ledger;
  }

  /** The permit behind a badge; null for one that nobody holds, or holds no more. */
  permitOf(credential: string, inForce: InForce): Permit | null {
    const named = this.#reference.permitOfCredential(credential, inForce);
    if (named !== null && codePermit(credential) !== null) return named;
    if (named !== null) return this.badgeOf(named) === named.credential ? named : null;
    const given = this.#ledger.badgeGiven(credential);
    const permit = given === null ? null : this.#reference.permit(given, inForce);
    if (permit === null || this.badgeOf(permit) !== credential) return null;
    return { ...permit, credential: credential as Credential };
  }

  /** The badge that its holder has now. */
  badgeOf({ permit, credential }: Permit): Credential {
    const replaced = this.#ledger.badgeReplaced(permit);
    return replaced !== null && replaced.was === credential ? replaced.credential : credential;
  }
}
