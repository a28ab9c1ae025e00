import { useEffect, useMemo, useState } from 'react';
import { LANGUAGES } from '../../shared/domain/text.ts';
import { type ConsoleCommand, useCommands } from '../actions/commands.ts';
import { useEntry, useLink, useSession, useSite } from '../live/client.tsx';
import { useNames } from '../live/names.ts';
import { useViewRow } from '../live/use-view.ts';
import { useToasts } from '../ui/toasts.tsx';
import { CentrePanel } from './centre-panel.tsx';
import './frame.css';
import { back, choose, go, parseRoute, useRoute } from '../actions/route.ts';
import { useZoneCommands } from '../actions/zone-acts.ts';
import { AlarmSounds, useAlarmSounds } from '../live/alarm-sounds.tsx';
import { OWN_NAMES, useWords } from '../words/words.ts';
import { Help } from './help.tsx';
import { Keys } from './keys.tsx';
import { LockdownBanner } from './lockdown-banner.tsx';
import { Palette } from './palette.tsx';
import type { Panel } from './panel.ts';
import { Rail } from './rail.tsx';
import { digitOf, type ScreenRow, screenRows } from './screens.tsx';
import { TopBar } from './top-bar.tsx';
import { TrainingBanner } from './training-banner.tsx';

/** Lets go of what is chosen on this screen; with nothing chosen, the screen before. */
function goBack(): void {
  const { screen, params } = parseRoute(location.hash);
  if (Object.keys(params).length > 0) choose(screen);
  else back();
}

/** The commands that are there on every screen. */
function useFrameCommands(screens: readonly ScreenRow[], open: (panel: Panel) => void): void {
  const words = useWords();
  const { signOut } = useEntry();
  const sounds = useAlarmSounds();
  const commands = useMemo<readonly ConsoleCommand[]>(() => {
    const { t, language, setLanguage } = words;
    return [
      ...screens.map(({ screen }, index) => ({
        id: `go-${screen}`,
        title: t('app.go-to', { screen: t(`app.nav-${screen}`) }),
        group: 'screens' as const,
        also: screen,
        keys: digitOf(index),
        run: () => go(screen),
      })),
      {
        id: 'back',
        title: t('app.go-back'),
        group: 'console',
        keys: 'Escape',
        run: goBack,
      },
      {
        id: 'palette',
        title: t('app.palette-open'),
        group: 'console',
        keys: '$mod+k',
        run: () => open('palette'),
      },
      {
        id: 'help',
        title: t('app.help-open'),
        group: 'console',
        // On most keyboards it takes Shift.
        keys: '[Shift]+?',
        run: () => open('help'),
      },
      { id: 'centre', title: t('app.centre'), group: 'console', run: () => open('centre') },
      {
        id: 'sound',
        title: t(sounds.muted ? 'app.sound-unmute' : 'app.sound-mute'),
        group: 'console',
        also: 'mute sound alarm',
        run: sounds.toggle,
      },
      ...LANGUAGES.filter((one) => one !== language).map((one) => ({
        id: `language-${one}`,
        title: t('app.switch-language', { language: t(`app.language-${one}`) }),
        group: 'console' as const,
        also: `language ${one} ${OWN_NAMES[one]} 語言 语言`,
        run: () => setLanguage(one),
      })),
      {
        id: 'sign-out',
        title: t('app.sign-out'),
        group: 'console',
        also: 'sign out log off',
        run: () => void signOut(),
      },
    ];
  }, [words, screens, open, sounds, signOut]);
  useCommands(commands);
}

/** Every lane can be reached by its name from the palette. */
function useLaneCommands(): void {
  const { t } = useWords();
  const { site } = useSite();
  const names = useNames();
  const commands = useMemo<readonly ConsoleCommand[]>(
    () =>
      site.lanes.map((lane) => ({
        id: `lane-${lane.id}`,
        title: t('app.go-to', { screen: names.lane(lane.id) }),
        group: 'lanes',
        also: lane.id,
        run: () => go('lanes', { lane: lane.id }),
      })),
    [t, site, names],
  );
  useCommands(commands);
}

/** What stands above the screen when the engine or the link to it is not as it should be. */
function Trouble() {
  const { t } = useWords();
  const link = useLink();
  const status = useViewRow('status', 'now');
  const mode = status?.mode ?? 'normal';
  if (link !== 'open') {
    return (
      <p className="trouble" role="alert">
        <span aria-hidden="true">▲</span>{' '}
        {t(link === 'lost' ? 'app.link-lost' : 'app.link-connecting')}
      </p>
    );
  }
  if (mode === 'normal') return null;
  return (
    <p className="trouble" role="alert">
      <span aria-hidden="true">▲</span> {t(`app.mode-${mode}-text`)}
    </p>
  );
}

/** The frame around every screen. */
export function Frame() {
  const { t } = useWords();
  const role = useSession()?.role;
  const { screen } = useRoute();
  const toasts = useToasts();
  const [panel, setPanel] = useState<Panel>(null);
  const screens = useMemo(
    () => screenRows.filter((row) => role !== undefined && row.roles.includes(role)),
    [role],
  );
  useFrameCommands(screens, setPanel);
  useLaneCommands();
  useZoneCommands();
  const shown = screens.find((row) => row.screen === screen) ?? screens[0];
  useEffect(() => {
    if (shown && shown.screen !== screen) go(shown.screen);
  }, [shown, screen]);
  if (shown === undefined) return null;
  const Show = shown.show;
  return (
    <div className="frame">
      <button type="button" className="skip" onClick={focusContent}>
        {t('app.skip-to-content')}
      </button>
      <TrainingBanner />
      <TopBar onPanel={setPanel} />
      <Rail screens={screens} current={shown.screen} />
      <main
        id="content"
        className="content"
        tabIndex={-1}
        aria-label={t(`app.nav-${shown.screen}`)}
      >
        <Trouble />
        <LockdownBanner />
        <div className="content-screen">
          <Show />
        </div>
      </main>
      <Keys onScan={() => toasts.show({ tone: 'plain', text: t('app.scan-ignored') })} />
      <AlarmSounds />
      {panel === 'palette' && <Palette onClose={() => setPanel(null)} />}
      {panel === 'help' && <Help onClose={() => setPanel(null)} />}
      {panel === 'centre' && <CentrePanel onClose={() => setPanel(null)} />}
    </div>
  );
}

/** The hash belongs to the screens, so this way past the frame moves the focus by hand. */
function focusContent(): void {
  document.getElementById('content')?.focus();
}
