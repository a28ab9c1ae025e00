import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Authority } from '../../shared/domain/authority.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { eachSideOf, parseRegime } from '../../shared/regime/regime-file.ts';
import { openAccess } from '../engine/access/open-access.ts';
import { readSite, readText, regimePath } from '../engine/site/load-site.ts';
import { resourcesDir } from '../engine/site/resources.ts';
import { ownDataFolder } from '../launch/data-folder.ts';
import { type Command, EXIT, type Given, sayFault, type Terminal } from './command.ts';
import { readNote, siteFileOf, unlockBySite, unlockFolder } from './unlock.ts';

const MAX_SECRET_FILE_BYTES = 1024;

export const adminCreate: Command = {
  words: ['admin', 'create'],
  places: [],
  options: {
    data: { type: 'string' },
    name: { type: 'string' },
    'secret-file': { type: 'string' },
    authority: { type: 'string' },
    site: { type: 'string' },
    key: { type: 'string' },
  },
  takes:
    '--name NAME [--data DIR] [--secret-file FILE] [--authority SIDE] [--site FILE] [--key FILE]',
  summary: 'add an administrator, who can then add the others',
  async run(given, terminal) {
    const name = given.text('name');
    if (name === undefined) {
      return sayFault(terminal, { code: 'usage', text: 'name the administrator: --name NAME' });
    }
    const authority = authorityFrom(given);
    if (!authority.ok) return sayFault(terminal, authority.fault);
    const secret = await secretFrom(given, terminal);
    if (!secret.ok) return sayFault(terminal, secret.fault);
    const dir = resolve(given.text('data') ?? defaultFolder(terminal));
    if (existsSync(join(dir, 'access.db')) || given.text('data') !== undefined) {
      terminal.err(`twoline: data folder ${dir}`);
    } else {
      terminal.err(`twoline: data folder ${dir} (new; name another with --data DIR)`);
    }
    const unlocked = unlock(dir, given);
    if (!unlocked.ok) return sayFault(terminal, unlocked.fault);
    const clock = { monoMs: () => terminal.monoMs() };
    const random = (bytes: number) => terminal.randomBytes(bytes);
    const access = openAccess({ dir, training: false, clock, random });
    if (!access.ok) return sayFault(terminal, access.fault);
    const user = { name, role: 'administrator', secret: secret.value } as const;
    const added = await access.value.addUser({ ...user, authority: authority.value });
    access.value.close();
    if (!added.ok) return sayFault(terminal, added.fault);
    const acts = authority.value === undefined ? '' : ` for ${authority.value}`;
    terminal.out(`administrator ${name.trim()} ${added.value}${acts}`);
    askForSide(dir, authority.value, given, terminal);
    return EXIT.ok;
  },
};

/** On whose behalf they act. Fails with `usage` for what is no side of a line. */
function authorityFrom(given: Given): Result<Authority | undefined> {
  const named = given.text('authority');
  if (named === undefined) return ok(undefined);
  const known = Authority.safeParse(named);
  if (known.success) return ok(known.data);
  return fail('usage', `--authority is one of ${Authority.options.join(', ')}`);
}

/** Where the site's regime is changed by one person of each side, whoever acts for none is told. */
function askForSide(
  dir: string,
  authority: Authority | undefined,
  given: Given,
  terminal: Terminal,
): void {
  const path = siteFileOf({ dir, note: readNote(dir) }, given.text('site'));
  const sides = path === null ? null : sidesOf(path);
  if (sides === null || sides.first === authority || sides.home === authority) return;
  const needs = `one person of ${sides.first} and one of ${sides.home}`;
  terminal.err(`twoline: the site's regime is changed by ${needs}; this one acts for neither:`);
  terminal.err('twoline: where that is not meant, add another with --authority SIDE');
}

/** Of a site's regime; its datasets may not be there yet. Null where there are none, or unread. */
function sidesOf(siteFile: string): ReturnType<typeof eachSideOf> {
  const site = readSite(siteFile);
  if (!site.ok) return null;
  const path = regimePath(site.value.regime, dirname(siteFile), resourcesDir());
  const text = readText(path, 'regime');
  const regime = text.ok ? parseRegime(text.value, path) : null;
  return regime?.ok === true ? eachSideOf(regime.value) : null;
}

/** A folder may be made here, before its console's first start: encrypted where the site asks. */
function unlock(dir: string, given: Given): Result<null> {
  const [key, site] = [given.text('key'), given.text('site')];
  const bySite = site !== undefined && key === undefined;
  return bySite ? unlockBySite(dir, site) : unlockFolder(dir, { key, site });
}

/** Where a console with a site of its own keeps its data unless told otherwise. */
function defaultFolder({ env, platform }: Terminal): string {
  return join(ownDataFolder(env, platform), 'console');
}

async function secretFrom(given: Given, terminal: Terminal): Promise<Result<string>> {
  const file = given.text('secret-file');
  if (file !== undefined) return readSecret(resolve(file));
  const first = await terminal.askSecret('Secret: ');
  if (!first.ok) return first;
  const again = await terminal.askSecret('The same secret again: ');
  if (!again.ok) return again;
  if (first.value === again.value) return first;
  return fail('secret-differs', 'the two secrets differ: start again');
}

/** The file's first line, so that an editor's last line break does no harm. */
function readSecret(path: string): Result<string> {
  try {
    const bytes = readFileSync(path);
    if (bytes.length > MAX_SECRET_FILE_BYTES) {
      const text = `a secret file holds one line, at most ${MAX_SECRET_FILE_BYTES} bytes`;
      return fail('secret-unreadable', text, path);
    }
    return ok(bytes.toString('utf8').split(/\r?\n/)[0] ?? '');
  } catch (error) {
    const text = `the secret file cannot be read: ${(error as Error).message}`;
    return fail('secret-unreadable', text, path);
  }
}
