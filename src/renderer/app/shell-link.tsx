import { useEffect, useMemo, useRef } from 'react';
import type { MenuOffer } from '../../shared/contract/shell.ts';
import {
  type CommandGroup,
  type ConsoleCommand,
  useAllCommands,
  useCommands,
} from '../actions/commands.ts';
import { ownShell, type Shell } from '../live/shell.ts';
import { useWords, type Words } from '../words/words.ts';

/** Lanes are found in the palette: three hundred of them are no menu. */
const GROUPS: readonly CommandGroup[] = ['screens', 'actions', 'console'];
const OPENED = ['same', 'other', 'wall'] as const;
/** A screen that changes puts its commands one after the other. */
const QUIET_MS = 150;
const MAX_ROWS = 60;

/** What the window's menus show: the registry, without what the window itself has in them. */
function offerOf(commands: readonly ConsoleCommand[], { t, language }: Words): MenuOffer {
  const groups = GROUPS.map((group) => ({
    title: t(`app.group-${group}`),
    rows: commands
      .filter((one) => one.group === group && !one.id.startsWith('window-'))
      .slice(0, MAX_ROWS)
      .map(({ id, title, keys = null }) => ({ id, title: title.slice(0, 200), keys })),
  }));
  return { language, groups };
}

function Link({ shell }: { readonly shell: Shell }) {
  const words = useWords();
  const { t } = words;
  const windows = useMemo<readonly ConsoleCommand[]>(
    () =>
      OPENED.map((which) => ({
        id: `window-${which}`,
        title: t(`shell.open-${which}`),
        group: 'console',
        also: `window ${which}`,
        run: () => shell.command('shell.open', { window: which }),
      })),
    [t, shell],
  );
  useCommands(windows);
  const commands = useAllCommands();
  const newest = useRef(commands);
  newest.current = commands;
  useEffect(
    () => shell.onChosen((id) => newest.current.findLast((one) => one.id === id)?.run()),
    [shell],
  );
  useEffect(() => {
    const offer = offerOf(commands, words);
    const timer = setTimeout(() => shell.command('shell.offer', offer), QUIET_MS);
    return () => clearTimeout(timer);
  }, [commands, words, shell]);
  return null;
}

/** Keeps the menus of the console's own window in step with what can be done on the page. */
export function ShellLink() {
  return ownShell === null ? null : <Link shell={ownShell} />;
}
