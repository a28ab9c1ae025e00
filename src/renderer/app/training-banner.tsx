import type { StatusNow } from '../../shared/contract/views.ts';
import { useEntry } from '../live/client.tsx';
import { useViewRow } from '../live/use-view.ts';
import { useWords } from '../words/words.ts';

/** Less than this share of the speed asked for is worth a word. */
const HELD_BELOW = 0.9;

/** The calendar's speed as it was reached; beside it what was asked for, where that is more. */
function Speed({ pace }: { readonly pace: NonNullable<StatusNow['pace']> }) {
  const { t, number } = useWords();
  const { now, asked, achieved } = pace;
  const n = number(achieved < 10 ? Math.round(achieved * 10) / 10 : Math.round(achieved));
  if (now === 0) return <span className="training-speed">{t('app.training-paused')}</span>;
  if (asked === 1 && now === 1) return null;
  const held = achieved < asked * HELD_BELOW;
  return (
    <span className="training-speed">
      {held
        ? t('app.training-speed-held', { n, asked: number(asked) })
        : t('app.training-speed', { n })}
    </span>
  );
}

/** Unmistakable in training; nothing at a real site. */
export function TrainingBanner() {
  const { t } = useWords();
  const { entry } = useEntry();
  const status = useViewRow('status', 'now');
  if (!entry?.site.training) return <div className="banner-none" />;
  return (
    <aside className="training-banner" aria-label={t('app.mode')}>
      {t('app.training-banner')}
      {status && status.pace !== null && <Speed pace={status.pace} />}
    </aside>
  );
}
