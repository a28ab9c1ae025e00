import { ageState } from '../../shared/domain/age-state.ts';
import type { Priority } from '../../shared/domain/incident.ts';
import { LANGUAGES } from '../../shared/domain/text.ts';
import { hkDay, hkWeekday } from '../../shared/lib/hk-time.ts';
import { useAlarmSounds } from '../live/alarm-sounds.tsx';
import { useEntry, useSession, useSite } from '../live/client.tsx';
import { useNames } from '../live/names.ts';
import { useAge, useZoneNow } from '../live/now.ts';
import { useLagged, useView, useViewRow, useViewStore } from '../live/use-view.ts';
import { Age, Marked, PriorityMark } from '../ui/badges.tsx';
import { Button } from '../ui/button.tsx';
import { useWords } from '../words/words.ts';
import type { Panel } from './panel.ts';

const SHORT_NAMES = { 'zh-HK': '繁', 'zh-CN': '简', en: 'EN' } as const;
const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];

/** Inside and limit of each area, with a bar whose tick is the warning level. */
function Occupancy() {
  const { t, number } = useWords();
  const { site } = useSite();
  const names = useNames();
  const { rows } = useView('areas');
  return (
    <ul className="top-areas" aria-label={t('app.inside')}>
      {site.areas.map((area) => {
        const now = rows.get(area.id);
        if (now === undefined) return null;
        const part = now.hard > 0 ? Math.min(1, now.inside / now.hard) : 0;
        const level = now.inside >= now.hard ? 'full' : now.inside >= now.soft ? 'warn' : 'ok';
        return (
          <li key={area.id} className={`top-area top-area-${level}`}>
            <span className="top-key">{names.area(area.id)}</span>
            <span
              className="top-value"
              title={t('app.inside-of', { hard: now.hard, soft: now.soft })}
            >
              {level !== 'ok' && <PriorityMark priority={level === 'full' ? 2 : 3} />}
              {number(now.inside)} <small className="dim">/ {number(now.hard)}</small>
            </span>
            <span className="meter" aria-hidden="true">
              <span className="meter-fill" style={{ width: `${part * 100}%` }} />
              <span
                className="meter-tick"
                style={{ left: `${now.hard > 0 ? (now.soft / now.hard) * 100 : 100}%` }}
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What waits for a human, by priority; grey where nothing does. */
function Waiting() {
  const { t } = useWords();
  const status = useViewRow('status', 'now');
  if (!status) return null;
  const { p1, p2, p3, p4 } = status.waiting;
  const counts: Record<Priority, number> = { 1: p1, 2: p2, 3: p3, 4: p4 };
  return (
    <div className="top-item" role="status" aria-label={t('app.waiting-label', { p1, p2, p3, p4 })}>
      <span className="top-key">{t('app.waiting')}</span>
      <span className="top-value top-counts">
        {PRIORITIES.map((priority) => (
          <span key={priority} className={counts[priority] > 0 ? `p${priority}` : 'top-zero'}>
            <PriorityMark priority={priority} />
            {counts[priority]}
          </span>
        ))}
      </span>
    </div>
  );
}

function CentreState({ onOpen }: { readonly onOpen: () => void }) {
  const { t, span } = useWords();
  const status = useViewRow('status', 'now');
  if (!status) return null;
  const { state, waiting, oldestUnackedMs } = status.centre;
  const tone = state === 'fork' || state === 'refused' ? 'p1' : state === 'lost' ? 'p2' : '';
  const count = waiting === 0 ? '' : t('app.centre-waiting', { count: waiting });
  const oldest =
    oldestUnackedMs === null ? '' : t('app.centre-since', { time: span(oldestUnackedMs) });
  // How long something has waited stays where the centre is lost; the rest gives way.
  const ageGivesWay = tone === '' ? 'top-detail' : '';
  const title = [count, oldest].filter(Boolean).join(' · ');
  return (
    <button type="button" className="top-item top-button" title={title} onClick={onOpen}>
      <span className="top-key">{t('app.centre')}</span>
      <span className={`top-value ${tone}`}>
        {tone !== '' && <span aria-hidden="true">{tone === 'p1' ? '▲' : '◆'} </span>}
        {t(`app.centre-${state}`)}
        {count !== '' && <small className="dim top-detail"> · {count}</small>}
        {count !== '' && oldest !== '' && (
          <small className={`dim ${ageGivesWay}`}> · {oldest}</small>
        )}
      </span>
    </button>
  );
}

function DataAge() {
  const { t } = useWords();
  const store = useViewStore('status');
  useViewRow('status', 'now');
  const ageMs = useAge(0, store.receivedMs('now'));
  const lagged = useLagged();
  return (
    <div className={`top-item top-age-${ageState(ageMs, true)}`}>
      <span className="top-key">{t('app.data-age')}</span>
      <span className="top-value">
        <Age ageMs={ageMs} online long />
        {lagged && <small className="top-lagged">{t('app.lagged')}</small>}
      </span>
    </div>
  );
}

function Clock() {
  const { t, time } = useWords();
  const nowMs = useZoneNow();
  if (nowMs === null) return null;
  const weekday = hkWeekday(nowMs) as 1 | 2 | 3 | 4 | 5 | 6 | 7;
  return (
    <div className="top-clock" role="timer" aria-label={t('app.hong-kong-time')}>
      <time className="clock">{time(nowMs)}</time>
      <time className="top-key">
        {hkDay(nowMs)} {t(`app.weekday-${weekday}`)}
      </time>
    </div>
  );
}

function Languages() {
  const { t, language, setLanguage } = useWords();
  return (
    <fieldset className="languages">
      <legend className="sr-only">{t('app.language')}</legend>
      {LANGUAGES.map((one) => (
        <button
          key={one}
          type="button"
          lang={one}
          className="language"
          aria-pressed={one === language}
          aria-label={`${SHORT_NAMES[one]} ${t(`app.language-${one}`)}`}
          onClick={() => setLanguage(one)}
        >
          {SHORT_NAMES[one]}
        </button>
      ))}
    </fieldset>
  );
}

function Sound() {
  const { t } = useWords();
  const { muted, ready, toggle } = useAlarmSounds();
  const text = muted ? t('app.sound-muted') : t(ready ? 'app.sound-on' : 'app.sound-waiting');
  return (
    <button
      type="button"
      className={`top-sound ${muted ? 'top-sound-muted' : ''}`}
      aria-pressed={muted}
      aria-label={t(muted ? 'app.sound-unmute' : 'app.sound-mute')}
      title={text}
      onClick={toggle}
    >
      <svg viewBox="0 0 24 24" aria-hidden="true" className="rail-icon">
        <path d="M4 9h4l5-4v14l-5-4H4z" />
        {muted ? (
          <path d="M16 9l5 6M21 9l-5 6" />
        ) : (
          <path d="M16 8c2 2 2 6 0 8M18.5 5.5c4 4 4 9 0 13" />
        )}
      </svg>
      {muted && <span>{t('app.sound-muted')}</span>}
    </button>
  );
}

/** Zone, mode, who is inside, what waits, the centre, data age, time, person, language. */
export function TopBar({ onPanel }: { readonly onPanel: (panel: Panel) => void }) {
  const { t, text3 } = useWords();
  const session = useSession();
  const { site } = useSite();
  const { signOut } = useEntry();
  const mode = useViewRow('status', 'now')?.mode ?? 'normal';
  const ageMs = useAge(0, useViewStore('status').receivedMs('now'));
  return (
    <header className={`top top-${ageState(ageMs, true)}`}>
      <div className="top-brand">
        <span className="brand">{t('app.name')}</span>
        <span className="top-key">{text3(site.name)}</span>
      </div>
      <div className="top-item">
        <span className="top-key">{t('app.mode')}</span>
        <span className="top-value">
          {mode === 'normal' ? (
            t('app.mode-normal')
          ) : (
            <Marked tone="p1">{t(`app.mode-${mode}`)}</Marked>
          )}
        </span>
      </div>
      <Occupancy />
      <Waiting />
      <span className="top-space" />
      <CentreState onOpen={() => onPanel('centre')} />
      <DataAge />
      <Clock />
      {session && (
        <div className="top-item top-user">
          <span className="top-key">{t(`domain.role-${session.role}`)}</span>
          <span className="top-value">{session.name}</span>
        </div>
      )}
      <Button small tone="quiet" onPress={() => void signOut()}>
        {t('app.sign-out')}
      </Button>
      <Sound />
      <Languages />
    </header>
  );
}
