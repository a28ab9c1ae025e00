import type { Duplex } from 'node:stream';
import type { StaticFile } from '../launch/static-files.ts';
import { type PageName, page } from './pages.ts';
import type { Refusal } from './request-guard.ts';

/** What goes back for one request; the security headers are put on every one. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | number>>;
  readonly body: string | StaticFile;
}

/** A plain page in the console's three languages, for a person. */
export function pageAnswer(name: PageName): Answer {
  const { status, html } = page(name);
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: html };
}

/** A line of text, for a program; the connection ends with it. */
export function textAnswer({ status, why }: Refusal): Answer {
  const headers = {
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
    ...(status === 405 && { allow: 'GET, HEAD' }),
  };
  return { status, headers, body: `${why}\n` };
}

export function fileAnswer(file: StaticFile): Answer {
  const headers = {
    'content-type': file.type,
    'content-length': file.bytes,
    ...(file.lasting && { 'cache-control': 'private, max-age=31536000, immutable' }),
  };
  return { status: 200, headers, body: file };
}

/** Answers a connection that is no request we take, and ends it. */
export function hangUp(socket: Duplex, { status, why }: Refusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  socket.end(`HTTP/1.1 ${status} ${why}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
