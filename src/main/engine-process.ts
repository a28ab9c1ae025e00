import { startEngine } from './engine/main.ts';
import { runEngineProcess } from './launch/engine-child.ts';

/** The program of the engine's own process, forked by the host or by the window's shell. */
await runEngineProcess(startEngine);
