import { runHost } from './host/run-host.ts';
import { ownPrograms } from './launch/programs.ts';

/** The browser body's program, started by the launcher. */
await runHost(ownPrograms());
