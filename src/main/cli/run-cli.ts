import { parseArgs } from 'node:util';
import { adminCreate } from './admin-create.ts';
import { backup } from './backup.ts';
import { codeKeyCreate } from './code-key.ts';
import { type Command, EXIT, type Exit, type Given, sayFault, type Terminal } from './command.ts';
import { encrypt } from './encrypt.ts';
import { epochOpen } from './epoch-open.ts';
import { exportRows } from './export-rows.ts';
import { importDataset } from './import-dataset.ts';
import { rebuild } from './rebuild.ts';
import { regimeCheck, regimeDraw, regimeExplain } from './regime-file.ts';
import { regimeWhatIf } from './regime-what-if.ts';
import { report } from './report.ts';
import { siteCheck } from './site-check.ts';
import { status } from './status.ts';
import { storageSelftest } from './storage-selftest.ts';
import { verify } from './verify.ts';

const COMMANDS: readonly Command[] = [
  ...[verify, status, report, rebuild, backup, epochOpen],
  ...[importDataset, exportRows],
  ...[
    encrypt,
    siteCheck,
    regimeCheck,
    regimeExplain,
    regimeDraw,
    regimeWhatIf,
    adminCreate,
    codeKeyCreate,
    storageSelftest,
  ],
];

/** Runs one command line, without the program's own name; returns the exit code. */
export async function runCli(args: readonly string[], terminal: Terminal): Promise<Exit> {
  if (args.length === 0 || args[0] === 'help' || args.includes('--help')) {
    for (const line of usage()) terminal[args.length === 0 ? 'err' : 'out'](line);
    return args.length === 0 ? EXIT.failed : EXIT.ok;
  }
  const command = COMMANDS.find(({ words }) => words.every((word, n) => args[n] === word));
  if (command === undefined) {
    sayFault(terminal, { code: 'usage', text: `there is no command "${args[0]?.slice(0, 40)}"` });
    for (const line of usage()) terminal.err(line);
    return EXIT.failed;
  }
  const given = parse(command, args.slice(command.words.length));
  if (typeof given === 'string') {
    terminal.err(`usage: ${usageOf(command)}`);
    return sayFault(terminal, { code: 'usage', text: given });
  }
  try {
    return await command.run(given, terminal);
  } catch (error) {
    return sayFault(terminal, storeFault(error));
  }
}

/** What was given, or what is wrong with it. */
function parse(command: Command, args: string[]): Given | string {
  const { options, places } = command;
  try {
    const parsed = parseArgs({ args, options, allowPositionals: true, strict: true });
    if (parsed.positionals.length !== places.length) {
      return places.length === 0 ? 'only options here' : `needs exactly ${places.join(' ')}`;
    }
    const values: Readonly<Record<string, unknown>> = parsed.values;
    return {
      places: parsed.positionals,
      text: (option) => (typeof values[option] === 'string' ? values[option] : undefined),
      flag: (option) => values[option] === true,
    };
  } catch (error) {
    return (error as Error).message;
  }
}

/** A database that fails in the middle of a command is said to be so; all else is our mistake. */
function storeFault(error: unknown): { code: string; text: string } {
  const { code, message } = error as { code?: string; message: string };
  if (code?.startsWith('SQLITE_') !== true) throw error;
  const text = `the database cannot be read (${message}): keep a copy of it, and restore \
the folder from its last backup`;
  return { code: code === 'SQLITE_BUSY' ? 'store-busy' : 'store-damaged', text };
}

function usageOf({ words, takes }: Command): string {
  return `twoline ${words.join(' ')} ${takes}`;
}

function usage(): string[] {
  return [
    'usage:',
    ...COMMANDS.flatMap((command) => [`  ${usageOf(command)}`, `      ${command.summary}`]),
    'DIR is the data folder of a console, running or not, or a copy of it.',
    'Exit code: 0 done; 1 found (a fault, a difference); 2 could not be done.',
  ];
}
