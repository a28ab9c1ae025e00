/** A host name with an optional port; nothing else may come near a header. */
const HOST =
  /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?$/i;

/**
 * The content security policy of the console's page, the same in the window and the browser:
 * nothing but its own files, and the map hosts that the site file names. Texts that are no host
 * names are left out.
 */
export function contentPolicy(mapHosts: readonly string[]): string {
  const hosts = mapHosts.filter((host) => HOST.test(host)).map((host) => ` https://${host}`);
  const maps = hosts.join('');
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `connect-src 'self'${maps}`,
    "worker-src 'self'",
    "font-src 'self'",
    `img-src 'self' data: blob:${maps}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
