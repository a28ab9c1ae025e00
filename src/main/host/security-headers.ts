import { contentPolicy } from '../launch/content-policy.ts';

/** The headers of every answer, good or bad. */
export function securityHeaders(mapHosts: readonly string[]): Readonly<Record<string, string>> {
  return {
    'content-security-policy': contentPolicy(mapHosts),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), hid=(), serial=()',
    'cache-control': 'no-store',
  };
}
