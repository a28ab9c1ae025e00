/**
 * The outputs that open, and the mode of each door. A device knows outputs only: that a door is
 * locked or controlled is our own word (both are "off"), that it is held is shown by its output.
 */
import type { DoorMode } from '../../../../shared/domain/gate.ts';
import type { BoardDoor } from '../ports.ts';
import { tell } from '../telling.ts';
import type { DeviceContext, OsdpDoor } from './context.ts';

interface DoorState {
  readonly door: OsdpDoor;
  /** What it was last ordered to be. */
  ordered: DoorMode;
  shown: DoorMode | null;
  /** Its output as last shown. */
  isOn: boolean | null;
  /** Since when it is on without a pause. */
  onSinceMonoMs: number;
  /** Until when an opening that we asked for lasts. */
  openUntilMonoMs: number;
}

export class Doors {
  readonly #context: DeviceContext;
  readonly #states: ReadonlyMap<number, DoorState>;

  constructor(context: DeviceContext) {
    this.#context = context;
    const states = context.setUp.doors.map((door): [number, DoorState] => {
      const ordered = modeAtFirst(door);
      const never = { onSinceMonoMs: 0, openUntilMonoMs: Number.NEGATIVE_INFINITY };
      return [door.door, { door, ordered, shown: null, isOn: null, ...never }];
    });
    this.#states = new Map(states);
  }

  /** Undefined for a door that the site file does not give this device. */
  door(number: number): OsdpDoor | undefined {
    return this.#states.get(number)?.door;
  }

  ordered(number: number): DoorMode | undefined {
    return this.#states.get(number)?.ordered;
  }

  shown(number: number): DoorMode | null {
    return this.#states.get(number)?.shown ?? null;
  }

  isOn(number: number): boolean {
    return this.#states.get(number)?.isOn === true;
  }

  /** From the order on: a locked door is not opened even where its output was not heard of yet. */
  order(number: number, mode: DoorMode): void {
    const state = this.#states.get(number);
    if (state === undefined) return;
    state.ordered = mode;
    const nowMonoMs = this.#context.clock.monoMs();
    if (mode !== 'held') state.openUntilMonoMs = Math.min(state.openUntilMonoMs, nowMonoMs);
  }

  /** An opening of so many seconds was asked for. */
  opening(number: number, openS: number): void {
    const state = this.#states.get(number);
    if (state === undefined) return;
    state.openUntilMonoMs = this.#context.clock.monoMs() + openS * 1000;
  }

  /** The device is asked anew: what was known of its outputs may have changed. */
  forget(): void {
    for (const state of this.#states.values()) state.isOn = null;
  }

  /** Takes what the device shows of its outputs. */
  onOutputs(levels: Uint8Array): void {
    const nowMonoMs = this.#context.clock.monoMs();
    for (const state of this.#states.values()) {
      const level = levels[state.door.output];
      if (level === undefined) continue;
      const isOn = level !== 0;
      if (isOn && state.isOn !== true) state.onSinceMonoMs = nowMonoMs;
      if (isOn) state.openUntilMonoMs = Math.max(state.openUntilMonoMs, nowMonoMs);
      state.isOn = isOn;
      this.#show(state, nowMonoMs);
    }
  }

  /** True where whoever goes through goes through an open gate. */
  isReleased(number: number): boolean {
    const state = this.#states.get(number);
    if (state === undefined) return true;
    const { clock, timing } = this.#context;
    const untilMonoMs = state.openUntilMonoMs + timing.graceMs;
    return state.isOn === true || clock.monoMs() < untilMonoMs;
  }

  #show(state: DoorState, nowMonoMs: number): void {
    const mode = this.#modeOf(state, nowMonoMs);
    if (mode === null || mode === state.shown) return;
    state.shown = mode;
    const { board } = this.#context.setUp;
    tell(this.#context, { kind: 'door-mode', board, door: state.door.door, mode });
  }

  /** Null where the output is on and may be so for one opening only. */
  #modeOf(state: DoorState, nowMonoMs: number): DoorMode | null {
    const { door, isOn, onSinceMonoMs, openUntilMonoMs, ordered } = state;
    if (isOn !== true) return ordered === 'held' ? 'controlled' : ordered;
    if (ordered === 'held') return 'held';
    const mayBeOpening = Math.max(openUntilMonoMs, onSinceMonoMs + door.openS * 1000);
    return nowMonoMs > mayBeOpening + this.#context.timing.graceMs ? 'held' : null;
  }
}

/** A device holds no mode over a power cut: only that nobody is let in is kept by itself. */
function modeAtFirst({ mode }: BoardDoor): DoorMode {
  return mode === 'locked' ? 'locked' : 'controlled';
}
