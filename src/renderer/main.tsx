import { startConsole } from './app/start.ts';

startConsole();
