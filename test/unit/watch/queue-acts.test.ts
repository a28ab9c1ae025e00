import { expect, test } from 'vitest';
import { exceptionActs } from '../../../src/renderer/features/watch/queue-acts.ts';
import { makeDictionary, makeWords } from '../../../src/renderer/words/make-words.ts';
import { seededRng } from '../../../src/shared/lib/rng.ts';
import type { Reason } from '../../../src/shared/regime/requirement.ts';
import { fakeException, fakeSite } from '../../kit/fake/zone.ts';

const { t } = makeWords(makeDictionary(), 'en', () => {});
const LISTED: Reason = { is: 'not-watchlisted', detail: 'listed', params: {} };

test('somebody on a watch-list is first looked at, everybody else is first admitted', () => {
  const row = fakeException(fakeSite(24), 1, 0, seededRng('acts'));
  if (row.type !== 'exception') throw new Error('no exception');
  const ids = (reasons: Reason[]) =>
    exceptionActs({ ...row, reasons }, t, () => {}).map(({ id }) => id);
  expect(ids([{ is: 'permit-valid', detail: 'expired', params: {} }])).toEqual(['admit', 'refuse']);
  expect(ids([LISTED])).toEqual(['open', 'admit', 'refuse']);
});
