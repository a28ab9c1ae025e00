import type { ObligationMaker } from './obligation-maker.ts';

/** Released first; whether it is audited afterwards is drawn at this rate: see `audit-draw.ts`. */
export interface PostReleaseAudit {
  readonly is: 'post-release-audit';
  readonly percent: number;
}

export const postReleaseAudit: ObligationMaker<PostReleaseAudit, 'consignment'> = {
  is: 'post-release-audit',
  kinds: ['consignment'],
  make(_facts, { settings }) {
    // A regime that was never checked may lack the rate: then everything is audited.
    return { is: 'post-release-audit', percent: settings.postReleaseAuditPercent ?? 100 };
  },
};
