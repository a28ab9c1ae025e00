import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { useWords } from '../../words/words.ts';

/** What a file would do, and the three ways to decide on it. */
export function Preview(props: {
  readonly file: string;
  readonly facts: readonly Fact[];
  readonly same: boolean;
  readonly good: number;
  readonly bad: number;
  /** The bad rows, and whatever else is to be seen. */
  readonly children: ReactNode;
  /** The word on the button that takes all of it. */
  readonly takeAll: string;
  readonly busy: boolean;
  readonly onAll: () => void;
  readonly onGood: () => void;
  readonly onNothing: () => void;
}) {
  const { t } = useWords();
  const { bad, busy, good, same } = props;
  return (
    <section className="preview" aria-label={t('imports.preview-of', { file: props.file })}>
      <h3 className="preview-title">{t('imports.preview-of', { file: props.file })}</h3>
      <p className="dim small" role="status">
        {t(same ? 'imports.is-same' : 'imports.nothing-yet')}
      </p>
      <Facts facts={props.facts} />
      {props.children}
      <div className="preview-acts">
        <Button disabled={busy} onPress={props.onNothing}>
          {t('imports.nothing')}
        </Button>
        {bad > 0 && (
          <Button disabled={busy || good === 0} onPress={props.onGood}>
            {t('imports.good-only')}…
          </Button>
        )}
        <Button tone="main" disabled={busy || same || bad > 0} onPress={props.onAll}>
          {props.takeAll}…
        </Button>
      </div>
    </section>
  );
}
