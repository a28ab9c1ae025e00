import type { LockdownNow } from '../../shared/contract/lockdown-view.ts';
import { AUTHORITY_WORDS } from '../../shared/locale/regime-terms.ts';
import { GateStage } from '../actions/gate-steps.tsx';
import { useZoneActs } from '../actions/zone-acts.ts';
import { useNames } from '../live/names.ts';
import { useUserName } from '../live/use-user-name.ts';
import { useView, useViewRow } from '../live/use-view.ts';
import { Button } from '../ui/button.tsx';
import { useWords } from '../words/words.ts';

/** Who proposed and who confirmed it, and who must confirm what is proposed. */
function Who({ now }: { readonly now: LockdownNow }) {
  const { t, text3, time } = useWords();
  const userName = useUserName();
  const { begunBy, begunMs, needs, proposedBy, proposedMs, proposedSide, state } = now;
  const side = proposedSide === null ? '' : ` (${text3(AUTHORITY_WORDS[proposedSide])})`;
  const by = t('lockdown.by-one', {
    who: `${userName(proposedBy)}${side}`,
    time: time(proposedMs),
  });
  const second =
    needs === null
      ? t('lockdown.needs-other')
      : t('lockdown.needs-side', { side: text3(AUTHORITY_WORDS[needs]) });
  return (
    <>
      {begunMs !== null && (
        <span>{t('lockdown.by-two', { who: userName(begunBy), time: time(begunMs) })}</span>
      )}
      {state !== 'in-force' && (
        <span>
          {by} · <strong>{second}</strong>
        </span>
      )}
    </>
  );
}

/** How far each lane has come: requested, accepted, confirmed; or what went wrong. */
function Lanes({ now }: { readonly now: LockdownNow }) {
  const { t, number } = useWords();
  const names = useNames();
  const { rows } = useView('lanes');
  const lanes = now.lanes.flatMap((id) => rows.get(id) ?? []);
  const locked = lanes.filter(({ mode }) => mode === 'locked');
  return (
    <details className="lockdown-lanes">
      <summary>
        {t('lockdown.lanes', { locked: number(locked.length), total: number(now.lanes.length) })}
      </summary>
      <ul aria-label={t('lockdown.each-lane')}>
        {lanes.map(({ command, lane, mode }) => (
          <li key={lane}>
            {names.lane(lane)} · {mode !== null && t(`domain.mode-${mode}`)}{' '}
            {command !== null && <GateStage command={command} />}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** What this person can do about it now. */
function Acts() {
  const acts = useZoneActs().filter(({ id }) => id !== 'evacuate');
  return (
    <span className="lockdown-acts">
      {acts.map(({ id, run, word }) => (
        <Button key={id} small onPress={run}>
          {word}…
        </Button>
      ))}
    </span>
  );
}

/** Over every screen while a lockdown is proposed or holds: in words, never by colour alone. */
export function LockdownBanner() {
  const { t } = useWords();
  const names = useNames();
  const now = useViewRow('lockdown', 'now');
  if (now === undefined || now.state === 'ended' || now.state === 'withdrawn') return null;
  const { area, exits, state } = now;
  return (
    <section className={`lockdown lockdown-${state}`} aria-label={t('lockdown.title')}>
      <p role="status">
        <span aria-hidden="true">■</span> <strong>{t(`lockdown.is-${state}`)}</strong> ·{' '}
        {area === null ? t('lockdown.area-all') : names.area(area)} · {t('lockdown.exits')}:{' '}
        {t(`lockdown.exits-${exits}`)}
      </p>
      <Who now={now} />
      {state !== 'proposed' && <Lanes now={now} />}
      <Acts />
    </section>
  );
}
