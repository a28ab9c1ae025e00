import { expect, test } from 'vitest';
import { virtualCommands } from '../../../src/shared/contract/virtual-operations.ts';

function take(reference: string) {
  const filing = { area: 'park', enterprise: 'E-1', about: 'entity', reason: 'as agreed' };
  const answer = { filing: 'F1-1', outcome: 'accepted', reason: 'as agreed', reference };
  return [
    virtualCommands['filing.send'].input.safeParse({ ...filing, reference }),
    virtualCommands['filing.answer'].input.safeParse(answer),
  ];
}

test.each(['HK/2026-0042', '深關(2026)15號', 'a_b.c', 'R', '9'.repeat(64)])(
  '%s is a reference of a filing',
  (reference) => {
    expect(take(reference).map(({ success }) => success)).toEqual([true, true]);
  },
);

test.each(['Chan Tai Man', 'passport: H1', 'a\nb', 'x@y', '', '9'.repeat(65)])(
  '%j is none, since nothing can erase it',
  (reference) => {
    for (const taken of take(reference)) {
      expect(taken.error?.issues).toMatchObject([
        { path: ['reference'], message: expect.stringContaining('no spaces') },
      ]);
    }
  },
);
