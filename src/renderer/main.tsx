import { mountConsole } from './app/mount.tsx';
import { connectConsole } from './live/connect.ts';

mountConsole(connectConsole());
