import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from './waiting.ts';

const SOCAT = '/usr/bin/socat';

/** Why a test that needs two joined serial ports cannot run here; null where it can. */
export function noSerialPair(): string | null {
  return existsSync(SOCAT) ? null : 'no pair of serial ports: apt-get install socat';
}

export interface SerialPair {
  /** A folder of the running test's own, in which the ports stand. */
  readonly dir: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Two serial ports joined by a null modem, until the running test ends. */
export async function serialPair(ourName = 'ours'): Promise<SerialPair> {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-serial-'));
  const [ours, theirs] = [join(dir, ourName), join(dir, 'theirs')];
  const end = (path: string) => `pty,raw,echo=0,link=${path}`;
  const modem = spawn(SOCAT, [end(ours), end(theirs)], { stdio: 'ignore' });
  onTestFinished(() => {
    modem.kill();
    rmSync(dir, { recursive: true, force: true });
  });
  await until('two serial ports', () => existsSync(ours) && existsSync(theirs));
  return { dir, ours, theirs };
}
