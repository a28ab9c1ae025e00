import { useEntry } from '../live/client.tsx';
import { useViewRow } from '../live/use-view.ts';
import { useWords } from '../words/words.ts';

/** Unmistakable in training; nothing at a real site. */
export function TrainingBanner() {
  const { t, number } = useWords();
  const { entry } = useEntry();
  const status = useViewRow('status', 'now');
  if (!entry?.site.training) return <div className="banner-none" />;
  return (
    <aside className="training-banner" aria-label={t('app.mode')}>
      {t('app.training-banner')}
      {status && status.speed !== 1 && (
        <span className="training-speed">
          {t('app.training-speed', { n: number(Math.round(status.speed * 10) / 10) })}
        </span>
      )}
    </aside>
  );
}
