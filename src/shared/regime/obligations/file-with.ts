import type { Authority } from '../../domain/authority.ts';
import type { ObligationMaker } from './obligation-maker.ts';

/** To be told to an authority. */
export interface FileWith {
  readonly is: 'file-with';
  readonly authority: Authority;
}

/** The only one that the rule writes with what it cannot do without. */
export const fileWith: ObligationMaker<FileWith> = {
  is: 'file-with',
  kinds: ['person', 'vehicle', 'consignment'],
  make(_facts, _regime, written) {
    return typeof written === 'string' ? null : { is: 'file-with', authority: written.authority };
  },
};
