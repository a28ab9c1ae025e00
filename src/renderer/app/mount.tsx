import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import type { ConsoleClient } from '../../shared/contract/client.ts';
import { must } from '../../shared/lib/assert.ts';
import '@fontsource-variable/noto-sans-hk/index.css';
import '@fontsource-variable/noto-sans-sc/index.css';
import '../ui/base.css';
import { Console } from './console.tsx';

/** Puts the whole console on the page, over the engine behind `client`. */
export function mountConsole(client: ConsoleClient): void {
  const root = must(document.getElementById('root'), 'element #root of the page');
  createRoot(root).render(
    <StrictMode>
      <Console client={client} />
    </StrictMode>,
  );
}
