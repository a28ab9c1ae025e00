import { useMemo } from 'react';
import type { ConsoleClient } from '../../shared/contract/client.ts';
import { ActionsProvider } from '../actions/actions-provider.tsx';
import { CommandRegistry, CommandsContext } from '../actions/commands.ts';
import { SignIn } from '../features/sign-in/sign-in.tsx';
import { WallScreen } from '../features/watch/wall-screen.tsx';
import { ClientProvider, useEntry, useLink } from '../live/client.tsx';
import { Busy, ErrorBox } from '../ui/states.tsx';
import { ToastsProvider } from '../ui/toasts.tsx';
import { useWords } from '../words/words.ts';
import { WordsProvider } from '../words/words-provider.tsx';
import { Frame } from './frame.tsx';
import { Keys } from './keys.tsx';
import { ShellLink } from './shell-link.tsx';

/** `?wall`: the large picture without personal data, without the frame. */
function isWall(): boolean {
  return new URLSearchParams(location.search).has('wall');
}

/** Sign-in until somebody is signed in, then the frame (or the wall). */
function Gate() {
  const { entry, site, fault, refresh } = useEntry();
  const link = useLink();
  const { t } = useWords();
  if (entry === null) {
    return (
      <main className="gate">
        {fault && link === 'open' ? (
          <ErrorBox fault={fault} onRetry={() => void refresh()} />
        ) : (
          <Busy text={t(link === 'lost' ? 'app.link-lost' : 'app.link-connecting')} />
        )}
      </main>
    );
  }
  if (entry.session === null || site === null) {
    return (
      <>
        {/* A reader that types must not type into the name. */}
        <Keys onScan={() => undefined} />
        <SignIn />
      </>
    );
  }
  return isWall() ? (
    <WallScreen />
  ) : (
    <ActionsProvider>
      <Frame />
    </ActionsProvider>
  );
}

/** The whole console over one client. */
export function Console({ client }: { readonly client: ConsoleClient }) {
  const registry = useMemo(() => new CommandRegistry(), []);
  return (
    <WordsProvider>
      <CommandsContext value={registry}>
        <ToastsProvider>
          <ClientProvider client={client}>
            <Gate />
            <ShellLink />
          </ClientProvider>
        </ToastsProvider>
      </CommandsContext>
    </WordsProvider>
  );
}
