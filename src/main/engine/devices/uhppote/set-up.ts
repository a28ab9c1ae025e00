import type { BoardDoor } from '../ports.ts';
import type { BoardContext } from './context.ts';
import type { Doors } from './doors.ts';
import type { EventLog } from './event-log.ts';
import type { Settings, SettingsShown } from './settings.ts';

export interface Listener {
  readonly address: string;
  readonly port: number;
}

interface Prepared {
  readonly events: EventLog;
  readonly doors: Doors;
  readonly settings: Settings;
}

/**
 * Makes a board ours: remote control first, so that it stops deciding alone; then its events; then
 * where to push them, which to record, its version, its doors, the events that were missed, its
 * settings. Null where it stopped answering.
 */
export async function prepareBoard(
  context: BoardContext,
  { events, doors, settings }: Prepared,
  listener: Listener,
): Promise<({ readonly version: string } & SettingsShown) | null> {
  const { exchange, setUp, timing } = context;
  const options = { urgency: 'status', timeoutMs: timing.readTimeoutMs } as const;
  if (!(await refreshBoard(context, listener))) return null;
  if (!(await events.connect())) return null;
  const device = await exchange.request('get-device', {}, options);
  if (!device.ok) return null;
  const areReady = await prepareDoors(setUp.doors, doors);
  // What happened at a gate meanwhile is told behind how it stands now.
  if (doors.areTold()) events.fetchMissing();
  if (!areReady) return null;
  const shown = await settings.bring();
  return shown && { version: device.value.version, ...shown };
}

async function prepareDoors(wanted: readonly BoardDoor[], doors: Doors): Promise<boolean> {
  let areReady = true;
  for (const door of wanted) {
    if (await doors.prepare(door)) continue;
    areReady = false;
    // One that keeps its mode holds up none of the others; a board without an answer does.
    if (!doors.isTold(door.door)) break;
  }
  return areReady;
}

/** Tells a board what it may have forgotten and cannot be asked for. False: it did not agree. */
export async function refreshBoard(context: BoardContext, listener: Listener): Promise<boolean> {
  const { exchange, timing } = context;
  const options = { urgency: 'status', timeoutMs: timing.readTimeoutMs } as const;
  const control = await exchange.request('set-pc-control', { magic: true, on: true }, options);
  if (!control.ok || !control.value.ok) return false;
  const special = await exchange.request('record-special-events', { on: true }, options);
  if (!special.ok || !special.value.ok) return false;
  const told = await exchange.request('set-listener', { ...listener, autoSendS: 0 }, options);
  return told.ok && told.value.ok;
}
