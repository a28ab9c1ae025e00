/**
 * Chromium knows no scheme of ours: a privileged `app://bundle/x` becomes a secure origin below
 * `.invalid`, a name that can never be found in any network.
 */
const SUFFIX = '.app.invalid';

/** The address as Chromium gets it. */
export function toChromium(url: string): string {
  return url.replace(/^((?:blob:)?)app:\/\/([a-z0-9-]+)/, `$1https://$2${SUFFIX}`);
}

/** The address as the shell knows it. */
export function toShell(url: string): string {
  return url.replace(/^((?:blob:)?)https:\/\/([a-z0-9-]+)\.app\.invalid/, '$1app://$2');
}

export function isApp(url: string): boolean {
  return url.startsWith('app://');
}
