/** A request that goes nowhere, so that nothing leaves the control room unasked. */
const NOWHERE = 'data:application/octet-stream,';

/** True where a map may ask this address: the page's own, or a host that the site names. */
export function mayAsk(url: string, hosts: readonly string[], own: string): boolean {
  if (url.startsWith('data:') || url.startsWith('blob:')) return true;
  const { host, origin } = new URL(url, own);
  return origin === new URL(own).origin || hosts.includes(host);
}

/** The request hook of either library: whatever the site does not name is not asked. */
export function hostGuard(hosts: readonly string[]): (url: string) => { url: string } {
  return (url) => ({ url: mayAsk(url, hosts, location.href) ? url : NOWHERE });
}
