import { failed, held, type RequirementCheck } from './requirement-check.ts';

type Detail = 'none' | 'not-read' | 'broken' | 'differs';

/** The consignment's seal is whole, and the one that was declared. */
export const sealIntact: RequirementCheck<Detail, 'consignment'> = {
  is: 'seal-intact',
  kinds: ['consignment'],
  details: ['none', 'not-read', 'broken', 'differs'],
  check({ seal }) {
    if (seal === null) return failed('none');
    const { declared, read, isBroken } = seal;
    if (isBroken) return failed('broken', { declared });
    if (read === null) return failed('not-read', { declared });
    return read === declared ? held : failed('differs', { declared, read });
  },
};
