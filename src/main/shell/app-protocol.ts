import { Readable } from 'node:stream';
import { protocol, type Session } from 'electron';
import { contentPolicy } from '../launch/content-policy.ts';
import { StaticFiles } from '../launch/static-files.ts';

const SCHEME = 'app';
/** The page's own origin: nothing that comes from a network can have it. */
const PAGE_ORIGIN = `${SCHEME}://bundle`;
export const PAGE_URL = `${PAGE_ORIGIN}/`;

/** Must be called before the application is ready. */
export function claimScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }]);
}

/** Answers a session's requests with the built page's files, and nothing else, under the origin. */
export function pageServer(pageDir: string, mapHosts: readonly string[]) {
  const files = new StaticFiles(pageDir);
  const headers = {
    'content-security-policy': contentPolicy(mapHosts),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
  const answer = (request: Request) => {
    const path = pathOf(request.url);
    const file = path === null || request.method !== 'GET' ? null : files.find(path);
    if (file === null) return new Response('not found', { status: 404, headers });
    const body = Readable.toWeb(file.open()) as ReadableStream;
    return new Response(body, { headers: { ...headers, 'content-type': file.type } });
  };
  return (session: Session): void => session.protocol.handle(SCHEME, answer);
}

function pathOf(url: string): string | null {
  if (!url.startsWith(PAGE_URL)) return null;
  try {
    return decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
}

/** True for our own page's address, whatever stands behind its path. */
export function isOurs(url: string): boolean {
  return url.startsWith(PAGE_URL);
}
