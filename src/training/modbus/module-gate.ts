/** A gate wired to a training module: its leaf or boom, and who goes through. Times are real ms. */
import type { Place } from '../../shared/domain/modbus-modules.ts';
import type { OutputChange, TrainingModule } from './training-module.ts';

export interface GateWiring {
  readonly open: number;
  readonly close?: number | undefined;
  readonly contact?: Place | undefined;
  readonly passage?: Place | undefined;
  readonly loopBefore?: Place | undefined;
  readonly loopUnder?: Place | undefined;
  /** How long a turnstile stays free after a pulse; a boom with a close output waits for that. */
  readonly freeMs?: number | undefined;
}

/** A closing, and whether something stood under the boom. */
export interface Closing {
  readonly atMonoMs: number;
  readonly onVehicle: boolean;
}

const wait = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

export class ModuleGate {
  readonly #module: TrainingModule;
  readonly #wiring: GateWiring;
  readonly #closings: Closing[] = [];
  readonly #waiting: (() => void)[] = [];
  #isOpen = false;
  #shutting: NodeJS.Timeout | null = null;

  constructor(module: TrainingModule, wiring: GateWiring) {
    this.#module = module;
    this.#wiring = wiring;
    module.watch((change) => this.#onOutput(change));
  }

  isOpen(): boolean {
    return this.#isOpen;
  }

  closings(): readonly Closing[] {
    return this.#closings;
  }

  #onOutput({ output, on, atMonoMs }: OutputChange): void {
    const { close, freeMs = 0, open } = this.#wiring;
    if (output === close && on) this.#shut(atMonoMs);
    if (output !== open) return;
    if (this.#shutting !== null) clearTimeout(this.#shutting);
    if (on) {
      this.#isOpen = true;
      for (const resolve of this.#waiting.splice(0)) resolve();
    } else if (close === undefined && freeMs === 0) this.#shut(atMonoMs);
    else if (close === undefined) {
      this.#shutting = setTimeout(() => this.#shut(atMonoMs + freeMs), freeMs);
    }
  }

  #shut(atMonoMs: number): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#closings.push({ atMonoMs, onVehicle: this.#level(this.#wiring.loopUnder) });
  }

  #level(place: Place | undefined): boolean {
    return place !== undefined && this.#module.get(place) !== 0;
  }

  #put(place: Place | undefined, on: boolean): void {
    if (place !== undefined) this.#module.set(place, on ? 1 : 0);
  }

  /** Stands before the gate; resolves with whether it opened in that time. */
  async waits(ms: number): Promise<boolean> {
    if (this.#isOpen) return true;
    let opened = false;
    const open = new Promise<void>((resolve) => {
      this.#waiting.push(() => {
        opened = true;
        resolve();
      });
    });
    await Promise.race([open, wait(ms)]);
    return opened;
  }

  /** Goes through on foot where it is open. */
  async personPasses(ms = 250): Promise<boolean> {
    if (!this.#isOpen) return false;
    await this.pushes(ms);
    return true;
  }

  /** Pushes the leaf open and goes through, let through or not. */
  async pushes(ms = 250): Promise<void> {
    this.#put(this.#wiring.contact, true);
    this.#put(this.#wiring.passage, true);
    await wait(ms);
    this.#put(this.#wiring.passage, false);
    this.#put(this.#wiring.contact, false);
  }

  /** Drives onto the loop before the barrier, or off it again. */
  comesNear(isThere: boolean): void {
    this.#put(this.#wiring.loopBefore, isThere);
  }

  /** Drives under the barrier, or on from there. */
  isUnder(isThere: boolean): void {
    this.#put(this.#wiring.loopUnder, isThere);
  }

  /** Drives through without stopping where the barrier is up. */
  async vehiclePasses(ms = 250): Promise<boolean> {
    if (!this.#isOpen) return false;
    this.isUnder(true);
    this.comesNear(false);
    await wait(ms);
    this.isUnder(false);
    return true;
  }
}
