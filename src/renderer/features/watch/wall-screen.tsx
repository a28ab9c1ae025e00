import { ageState } from '../../../shared/domain/age-state.ts';
import type { Priority } from '../../../shared/domain/incident.ts';
import { hkDay } from '../../../shared/lib/hk-time.ts';
import { useLink, useSession, useSite } from '../../live/client.tsx';
import { useNames } from '../../live/names.ts';
import { useMonoNow, useZoneNow } from '../../live/now.ts';
import { useView, useViewRow, useViewStore } from '../../live/use-view.ts';
import { ZoneMap } from '../../map/zone-map.tsx';
import { PriorityMark } from '../../ui/badges.tsx';
import { useWords } from '../../words/words.ts';
import { useFlow } from './flow-panel.tsx';
import { useMapFeed } from './map-feed.ts';
import { titleOf, whereOf } from './queue-text.ts';
import { useQueue } from './use-queue.ts';
import './wall.css';

const PRIORITIES: readonly Priority[] = [1, 2, 3, 4];
const QUEUE_ROLES: ReadonlySet<string> = new Set(['operator', 'supervisor']);
/** More than fits any wall: as many are shown as there is whole room for; the counts have all. */
const SHOWN = 16;

const nothing = () => undefined;

/** Who is inside, by area: the largest figures of the wall. */
function Inside() {
  const { t, number } = useWords();
  const { site } = useSite();
  const names = useNames();
  const { rows } = useView('areas');
  return (
    <ul className="wall-areas" aria-label={t('watch.wall-inside')}>
      {site.areas.map((area) => {
        const now = rows.get(area.id);
        const full = now !== undefined && now.inside >= now.hard;
        const near = now !== undefined && !full && now.inside >= now.soft;
        const part = now && now.hard > 0 ? Math.min(100, (now.inside / now.hard) * 100) : 0;
        const soft = now && now.hard > 0 ? (now.soft / now.hard) * 100 : 100;
        return (
          <li key={area.id} className={full ? 'wall-full' : near ? 'wall-near' : ''}>
            <span className="wall-key">
              {names.area(area.id)} · {t('watch.wall-limit', { n: number(area.capacity.hard) })}
            </span>
            <span className="wall-figure">
              {full && <PriorityMark priority={2} />}
              {near && <PriorityMark priority={3} />}
              {now ? number(now.inside) : '–'}
            </span>
            <span className="wall-bar" aria-hidden="true">
              <span className="wall-bar-fill" style={{ width: `${part}%` }} />
              <span className="wall-bar-soft" style={{ left: `${soft}%` }} />
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Flows() {
  const { t, number } = useWords();
  const flow = useFlow();
  return (
    <ul className="wall-flows" aria-label={t('map.per-minute')}>
      {flow?.map(({ line, direction, now }) => (
        <li key={`${line}/${direction}`}>
          <span className="wall-key">
            {t(`map.line-${line}`)} · {t(`watch.direction-${direction}`)}
          </span>
          <span className="wall-figure-2">{number(now)}</span>
        </li>
      ))}
      <li className="wall-unit">{t('map.per-minute')}</li>
    </ul>
  );
}

/** The counts by priority, in shape, colour and figure. */
function Counts() {
  const { t } = useWords();
  const waiting = useViewRow('status', 'now')?.waiting;
  if (!waiting) return null;
  const counts: Record<Priority, number> = {
    1: waiting.p1,
    2: waiting.p2,
    3: waiting.p3,
    4: waiting.p4,
  };
  return (
    <ul className="wall-counts" aria-label={t('watch.waiting')}>
      {PRIORITIES.map((priority) => (
        <li key={priority} className={counts[priority] > 0 ? `p${priority}` : 'wall-zero'}>
          <PriorityMark priority={priority} />
          <span>{counts[priority]}</span>
        </li>
      ))}
    </ul>
  );
}

/** The most urgent: what and where, never who. */
function MostUrgent() {
  const words = useWords();
  const { t, span } = words;
  const names = useNames();
  const nowMs = useZoneNow();
  const rows = useQueue();
  if (rows.length === 0) return <p className="wall-calm">{t('watch.wall-calm')}</p>;
  return (
    <ol className="wall-urgent">
      {rows.slice(0, SHOWN).map((row) => (
        <li key={row.id} className={`wall-alarm wall-alarm-p${row.priority}`}>
          <p className="wall-alarm-what">
            <PriorityMark priority={row.priority} /> {titleOf(row, words)}
            <time>{nowMs !== null && span(nowMs - row.openedMs)}</time>
          </p>
          <p className="wall-alarm-where">{whereOf(row, words, names)}</p>
        </li>
      ))}
    </ol>
  );
}

/** Says across the wall that what it shows is old. */
function Stale() {
  const { t, ago } = useWords();
  const link = useLink();
  const nowMs = useMonoNow();
  const receivedMs = useViewStore('status').receivedMs('now');
  const ageMs = receivedMs === null ? null : nowMs - receivedMs;
  if (link === 'open' && ageState(ageMs, true) === 'fresh') return null;
  return (
    <p className="wall-stale" role="alert">
      <span aria-hidden="true">▲</span> {t('watch.wall-stale')}
      {ageMs !== null && ` · ${ago(ageMs)}`}
    </p>
  );
}

function Head() {
  const { t, text3, time } = useWords();
  const { site } = useSite();
  const nowMs = useZoneNow();
  const mode = useViewRow('status', 'now')?.mode ?? 'normal';
  return (
    <header className="wall-head">
      <span className="wall-site">{text3(site.name)}</span>
      {mode !== 'normal' && (
        <span className="wall-mode">
          <span aria-hidden="true">▲</span> {t(`app.mode-${mode}`)}
        </span>
      )}
      {site.training !== false && <span className="wall-training">{t('app.training-banner')}</span>}
      <span className="wall-clock">
        {nowMs !== null && (
          <>
            <small>{hkDay(nowMs)}</small> {time(nowMs)}
          </>
        )}
      </span>
    </header>
  );
}

/** The zone on a wall: the map and large numbers, readable at six metres, without personal data. */
export function WallScreen() {
  const { t } = useWords();
  const { site } = useSite();
  const role = useSession()?.role;
  const feed = useMapFeed();
  return (
    <main className="wall" aria-label={t('watch.title')}>
      <Head />
      <div className="wall-map">
        <ZoneMap site={site} feed={feed} chosen={null} onChoose={nothing} onOpen={nothing} wall />
        <Stale />
      </div>
      <aside className="wall-side" aria-label={t('watch.waiting')}>
        <Inside />
        <Counts />
        {role !== undefined && QUEUE_ROLES.has(role) && <MostUrgent />}
      </aside>
      <Flows />
    </main>
  );
}
