import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { askSecret } from '../../src/main/cli/ask-secret.ts';
import type { Terminal } from '../../src/main/cli/command.ts';
import { runCli } from '../../src/main/cli/run-cli.ts';
import { randomHistory } from './history.ts';
import { type KitJournal, kitJournal } from './journal-kit.ts';
import { kitSite } from './kit-site.ts';

const CLI = resolve('src/main/cli/index.ts');

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command as a process of its own, as people run it. */
export async function twoline(...args: string[]): Promise<Ran> {
  const child = spawn(process.execPath, [CLI, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, out, err };
}

/** The same without a process, where what is told matters and not how it is started. */
export function inside(...args: string[]): Promise<Ran> {
  return insideWith({}, ...args);
}

/** The same with some of the command's world replaced. */
export async function insideWith(world: Partial<Terminal>, ...args: string[]): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runCli(args, {
    out: (line) => (out += `${line}\n`),
    err: (line) => (err += `${line}\n`),
    nowMs: () => Date.now(),
    monoMs: () => performance.now(),
    randomBytes,
    askSecret: (prompt) => askSecret(prompt, { isTTY: false } as NodeJS.ReadStream),
    env: process.env,
    platform: process.platform,
    ...world,
  });
  return { code, out, err };
}

/** An empty folder, gone when the test has ended. */
export function emptyFolder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-cli-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Somebody who may sign in at the console of a data folder. */
export async function addAdmin(dataDir: string, name: string): Promise<void> {
  const secret = join(emptyFolder(), 'secret.txt');
  writeFileSync(secret, 'four horses at noon\n');
  const who = ['--name', name, '--secret-file', secret];
  const { code, err } = await inside('admin', 'create', '--data', dataDir, ...who);
  if (code !== 0) throw new Error(err);
}

export interface Folder extends KitJournal {
  readonly events: number;
}

/** A data folder as a console leaves it, its journal still open for writing. */
export function cliFolder(seed = 'cli', acts = 120): Folder {
  const kit = kitJournal();
  onTestFinished(() => kit.remove());
  const site = kitSite();
  const events = randomHistory(seed, acts);
  kit.writeAll(events);
  const siteFile = join(kit.dir, 'site.json');
  writeFileSync(siteFile, JSON.stringify(site));
  const areas = site.areas.map(({ id }) => id);
  writeFileSync(join(kit.dir, 'console.json'), JSON.stringify({ siteFile, console: 'c-1', areas }));
  return { ...kit, events: events.length };
}
