/**
 * The Electron runtime's place: runs the built main bundle under Node, with the double for
 * `electron`, whoever imports or requires it. Its arguments are those of the bundle.
 */
import { registerHooks } from 'node:module';
import { theApp } from './app.ts';
import { watchChromium } from './browser-window.ts';
import { startChromium } from './chromium.ts';
import { takeOrders } from './orders.ts';
import { state } from './state.ts';

const DOUBLE = new URL('./electron.ts', import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    return { url: DOUBLE, format: 'module-typescript', shortCircuit: true };
  },
});

/** A test of the double itself runs a small program instead. */
const program = process.env.ELECTRON_DOUBLE_MAIN ?? '../../../out/main/index.js';
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => theApp.quit());
}
await import(new URL(program, import.meta.url).href);

state.chromium = startChromium(state.userData);
state.chromium.child.once('exit', () => theApp.exit(1));
await watchChromium();
takeOrders();
theApp.becomeReady();
