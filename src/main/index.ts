import { ownPrograms } from './launch/programs.ts';
import { runShell } from './shell/run-shell.ts';

// Not awaited: the runtime becomes ready only after this module has run to its end.
runShell(ownPrograms()).catch((error: unknown) => {
  process.stderr.write(`the window failed: ${String(error)}\n`);
  process.exit(1);
});
