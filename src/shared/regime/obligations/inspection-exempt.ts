import { certificateRecognised } from '../requirements/certificate-recognised.ts';
import type { ObligationMaker } from './obligation-maker.ts';

/** Not inspected, on the word of this certificate. */
export interface InspectionExempt {
  readonly is: 'inspection-exempt';
  readonly certificate: string;
  readonly laboratory: string;
}

/** None where no certificate that both sides recognise goes with the goods. */
export const inspectionExempt: ObligationMaker<InspectionExempt, 'consignment'> = {
  is: 'inspection-exempt',
  kinds: ['consignment'],
  make(facts, { settings }) {
    const { certificate } = facts;
    if (certificate === null) return null;
    if (certificateRecognised.check(facts, settings).outcome === 'failed') return null;
    const { certificate: id, laboratory } = certificate;
    return { is: 'inspection-exempt', certificate: id, laboratory };
  },
};
