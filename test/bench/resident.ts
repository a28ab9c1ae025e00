import { execFileSync } from 'node:child_process';

/** What a process holds in memory, MB. */
export function residentMegabytes(pid: number): number {
  const kib = Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));
  return kib / 1024;
}
