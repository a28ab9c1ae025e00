import { amount, type ObligationMaker } from './obligation-maker.ts';

/**
 * The passage counts against what its person, or its enterprise, may do in a period: one crossing,
 * or so many cents. What is left is asked of the ledger, which counts what went through
 * and holds what is on its way.
 */
export interface Allowance {
  readonly is: 'allowance';
  readonly of: 'person' | 'enterprise';
  readonly subject: string;
  readonly amount: number;
}

/** None where nobody can be named, or no value is declared. */
export const allowance: ObligationMaker<Allowance, 'person' | 'consignment'> = {
  is: 'allowance',
  kinds: ['person', 'consignment'],
  make(facts) {
    if (facts.kind === 'person') {
      const { person: subject } = facts;
      return subject === null ? null : { is: 'allowance', of: 'person', subject, amount: 1 };
    }
    const cents = amount(facts.valueCents);
    if (facts.enterprise === null || cents === null) return null;
    const subject = facts.enterprise.enterprise;
    return { is: 'allowance', of: 'enterprise', subject, amount: cents };
  },
};
