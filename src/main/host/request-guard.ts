import type { IncomingMessage } from 'node:http';

/** Why a request is not looked at any further. */
export interface Refusal {
  readonly status: number;
  readonly why: string;
}

const MAX_URL_CHARS = 2_048;

/**
 * Everything that can be told from a request's head, before who sent it is looked at. The Host
 * check stops other names that lead here (DNS rebinding), the Origin check stops other pages.
 */
export function refuseHead(request: IncomingMessage, port: number): Refusal | null {
  const { headers, method, url = '' } = request;
  if (!ownHosts(port).includes(headers.host ?? '')) return { status: 421, why: 'wrong host' };
  if (headers.origin !== undefined && !isOwnOrigin(headers.origin, port)) {
    return { status: 403, why: 'wrong origin' };
  }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, why: 'only GET and HEAD' };
  const hasBody =
    headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
  if (hasBody) return { status: 413, why: 'no body is taken' };
  if (url.length > MAX_URL_CHARS) return { status: 414, why: 'the address is too long' };
  return null;
}

/** A WebSocket must come from our own page and say so: browsers always do. */
export function isOwnOrigin(origin: string | undefined, port: number): boolean {
  return ownHosts(port).some((host) => origin === `http://${host}`);
}

function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/**
 * The decoded path and query of a request; null when it is no address. The path is taken as it
 * stands: nothing in it is resolved, so that `//name` and `..` name no file of ours.
 */
export function readAddress(url: string): { path: string; query: URLSearchParams } | null {
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  try {
    const query = new URLSearchParams(mark < 0 ? '' : url.slice(mark));
    return { path: decodeURIComponent(path), query };
  } catch {
    return null;
  }
}

/** The value of one cookie; null when it is not there. */
export function readCookie(header: string | undefined, name: string): string | null {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}
