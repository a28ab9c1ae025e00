import { spawn } from 'node:child_process';

/**
 * Opens an address in this person's browser, without waiting for it. The address stands in the
 * process list for a moment: that is why a launch link is good for one browser only.
 */
export function openBrowser(url: string, platform: NodeJS.Platform, failed: () => void): void {
  const [program, args] = opener(platform);
  const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
  child.on('error', failed);
  child.on('exit', (code) => {
    if (code !== 0) failed();
  });
  child.unref();
}

function opener(platform: NodeJS.Platform): readonly [string, readonly string[]] {
  if (platform === 'darwin') return ['open', []];
  if (platform === 'win32') return ['cmd', ['/c', 'start', '']];
  return ['xdg-open', []];
}
