import type { GateCommand } from '../../../src/main/engine/devices/ports.ts';
import type { JournalEvent } from '../../../src/shared/journal/events.ts';
import { decodeRequest } from '../../../src/shared/wire/uhppote/codec.ts';
import type { Sent } from '../host/memory-network.ts';
import type { Check, Scene } from './invariant.ts';

interface Requested {
  readonly command: string;
  readonly door: string;
  readonly boot: string;
  readonly deadlineMono: number;
  readonly rightful: boolean;
  sent: boolean;
}

/** Commands of an emergency are sent beside the outbox, count anew each boot, and open nothing. */
const EMERGENCY = /^G0-/;

/** What leaves for the gates, byte by byte, held against what stands durably in the journal. */
export class GateCheck implements Check {
  readonly #scene: Scene;
  readonly #requested: Requested[] = [];
  readonly #admitted = new Set<string>();
  readonly #handed = new Set<string>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  event(event: JournalEvent): void {
    if (event.kind === 'crossing.admitted') this.#admitted.add(event.data.crossing);
    if (event.kind !== 'gate.requested' || event.data.action !== 'open') return;
    const { command, board, door, crossing, deadlineMono } = event.data;
    const byPerson = crossing === null && event.actor.type === 'person';
    this.#requested.push({
      ...{ command, door: `${board}/${door}`, boot: event.boot, deadlineMono, sent: false },
      rightful: byPerson || (crossing !== null && this.#admitted.has(crossing)),
    });
  }

  /** A command is handed to a board's driver. */
  handed(board: string, { id }: GateCommand): void {
    if (EMERGENCY.test(id)) return;
    if (this.#handed.has(id)) {
      this.#scene.report('resent', `command ${id} was handed to board ${board} again`);
    }
    this.#handed.add(id);
  }

  /** Open-door bytes leave the engine; what is durable by now was read before. */
  opens(door: string): void {
    const { boot, monoMs, report } = this.#scene;
    const here = this.#requested.filter((one) => one.door === door && one.boot === boot);
    const inTime = (one: Requested) => monoMs <= one.deadlineMono + 1;
    const match = here.find((one) => !one.sent && one.rightful && inTime(one));
    if (match !== undefined) {
      match.sent = true;
      return;
    }
    const what = `open-door for ${door} at ${Math.round(monoMs)} of ${boot}`;
    if (here.some((one) => !one.sent && one.rightful)) report('opened-late', what);
    else if (here.some((one) => one.sent)) report('opened-twice', what);
    else report('open-without-admit', what);
  }
}

const OPEN_DOOR = 0x40;

/** The board and door that these bytes open; null for bytes that open none. */
export function openDoorOf({ bytes }: Sent): string | null {
  if (bytes[1] !== OPEN_DOOR) return null;
  const request = decodeRequest(bytes);
  if (!request.ok || request.value.name !== 'open-door') return null;
  const { serial, fields } = request.value;
  return `${serial}/${fields.door}`;
}
