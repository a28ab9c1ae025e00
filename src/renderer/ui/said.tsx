import { sayingOf } from '../words/saying.ts';
import { useWords } from '../words/words.ts';

/** What the engine said, in the page's language; what it quotes is marked as English. */
export function Said({ text }: { readonly text: string }) {
  const { words, detail } = sayingOf(text, useWords().language);
  return (
    <>
      {words}
      {words !== null && detail !== null && ' · '}
      {detail !== null && <q lang="en">{detail}</q>}
    </>
  );
}
