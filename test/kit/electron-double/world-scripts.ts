import { MEMBRANE } from './membrane.ts';
import { PRELOAD_WORLD } from './preload-world.ts';

export const WORLD = 'electron-preload';
/** The function that Chromium puts into the preload's world to reach us. */
export const BINDING = '__electronDoubleTell';
/** The function that we call in it. */
export const TAKE = '__electronDoubleTake';

/**
 * Runs in the page's world before anything of the page. `window.open` gives nothing, as where the
 * shell denies it; that it does is checked when main hears of the call.
 */
export function pageScript(token: string): string {
  return `(() => {
    ${MEMBRANE}
    membrane('page', '${token}');
    window.open = (url = '') => {
      const detail = String(new URL(url, location.href));
      document.dispatchEvent(new CustomEvent('${token}-open', { detail }));
      return null;
    };
  })();`;
}

/** Runs in the preload's world: what Electron gives a preload, then the built preload itself. */
export function preloadScript(token: string, preload: string): string {
  return `(() => {
    if (window !== window.top) return;
    ${MEMBRANE}
    ${PRELOAD_WORLD}
    const bridge = membrane('preload', '${token}');
    const tell = globalThis.${BINDING};
    document.addEventListener('${token}-open', ({ detail }) => {
      tell(JSON.stringify({ t: 'open', url: detail }));
    });
    const require = preloadWorld(bridge, tell, '${TAKE}');
    try {
      (function (require, exports, module, ${BINDING}, ${TAKE}) {
        ${preload}
      })(require, {}, { exports: {} });
    } catch (error) {
      tell(JSON.stringify({ t: 'broken', what: 'the preload failed: ' + error }));
    }
  })();`;
}
