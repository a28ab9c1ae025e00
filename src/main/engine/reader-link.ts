import type { Credential } from '../../shared/domain/credential.ts';
import type { ReaderReport, ReaderSaid, ReaderScan } from '../../shared/domain/device-report.ts';
import { codeCredential } from '../../shared/domain/qr-permit.ts';
import type { Clock } from '../../shared/lib/clock.ts';
import type { BadgeReads } from './feed/views/badge-reads.ts';
import type { DeskReads } from './feed/views/desk-reads.ts';
import type { Intake } from './intake/intake.ts';
import { CodeVerifier } from './permit-codes/verify-code.ts';
import type { Gatherer } from './projections/gather/gather.ts';
import type { SiteIndex } from './projections/gather/site-index.ts';

export interface ReaderLinkDeps {
  readonly site: SiteIndex;
  readonly clock: Clock;
  readonly intake: Intake;
  readonly gatherer: Gatherer;
  readonly badgeReads: BadgeReads;
  readonly deskReads: DeskReads;
  /** What is attached beside the site's readers is not what it was. */
  onAttached(): void;
}

/** When something came in: real ms, and ms since 1970 on the zone's calendar. */
interface Received {
  readonly receivedMono: number;
  readonly receivedMs: number;
}

/** What this machine's own readers say, on its way to the one door. */
export class ReaderLink {
  readonly #deps: ReaderLinkDeps;
  readonly #verifier: CodeVerifier;

  constructor(deps: ReaderLinkDeps) {
    this.#deps = deps;
    this.#verifier = new CodeVerifier(deps.site.site.codes);
  }

  report(report: ReaderReport): void {
    const { clock } = this.#deps;
    const received = { receivedMono: clock.monoMs(), receivedMs: Math.round(clock.wallMs()) };
    if (report.kind === 'scan') void this.#scanned(report, received);
    else this.#say(report, received);
  }

  attached(): void {
    this.#deps.onAttached();
  }

  async #scanned({ reader, text }: ReaderScan, received: Received): Promise<void> {
    const read = await this.#verifier.verify(text);
    if (read.ok) this.#say({ kind: 'code', reader, code: read.value }, received);
    else this.#say({ kind: 'unread', reader, why: 'no-permit' }, received);
  }

  #say(report: ReaderSaid, received: Received): void {
    if (this.#deps.gatherer.readerLane(report.reader) === null) this.#show(report, received);
    void this.#deps.intake.submit({ kind: 'reader', report, ...received });
  }

  /** At a desk whoever sits there sees at once what was read; the journal never has the badge. */
  #show(report: ReaderSaid, { receivedMs: atMs }: Received): void {
    const { badgeReads, deskReads, gatherer, site } = this.#deps;
    if (report.kind === 'read') {
      const { reader, credential } = report;
      if (!site.isMuster(reader)) badgeReads.put(reader, credential, atMs);
      deskReads.put({ reader, credential, permit: this.#permit(credential), atMs, code: null });
    } else if (report.kind === 'code') {
      const { reader, code } = report;
      const credential = codeCredential(code.permit);
      const permit = code.proof === 'proven' ? this.#permit(credential) : null;
      const wrong = gatherer.codeReason(code, atMs);
      deskReads.put({ reader, credential, permit, atMs, code: { wrong } });
    }
  }

  #permit(credential: Credential) {
    return this.#deps.gatherer.readerRead(credential)?.permit ?? null;
  }
}
