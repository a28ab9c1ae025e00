/**
 * One door's commands and outputs. A command that opens is written once or never: past its deadline
 * it is `expired`, without a proof it is `unknown`, and it is never repeated. What shuts a door is
 * worked until the module shows it, but never on a vehicle under the barrier. The mode is ours: the
 * module knows outputs only.
 */
import type { DoorMode } from '../../../../shared/domain/gate.ts';
import type { DoorMap } from '../../../../shared/domain/modbus-modules.ts';
import { tell } from '../telling.ts';
import { pause } from '../timers.ts';
import type { BoardContext, ModbusDoorSetUp } from './context.ts';
import { DoorWatch } from './door-watch.ts';
import type { Ask } from './exchange.ts';
import { Outputs } from './outputs.ts';

const NEWER_LOOKS = 8;

export class Gate {
  readonly door: number;
  readonly map: DoorMap;
  readonly watch: DoorWatch;
  readonly outputs: Outputs;
  readonly #context: BoardContext;
  #shownMode: DoorMode | null = null;
  #settling: Promise<void> | null = null;
  #settleAgain = false;
  #closeOffMs: number | null = null;

  constructor(context: BoardContext, setUp: ModbusDoorSetUp, map: DoorMap) {
    const { graceMs, leftAfterMs } = context.timing;
    this.#context = context;
    this.door = setUp.door;
    this.map = map;
    this.outputs = new Outputs(context);
    this.watch = new DoorWatch({
      passage: setUp.passage,
      own: setUp.own,
      has: new Set(Object.keys(map.inputs) as (keyof typeof map.inputs)[]),
      pulseMs: map.pulseMs,
      closes: map.close !== null,
      openTooLongMs: map.openTooLongMs,
      graceMs,
      leftAfterMs,
    });
    this.watch.turn(setUp.isTurned === true);
    this.watch.setMode(setUp.mode ?? 'controlled', context.clock.monoMs());
  }

  /** Brings the outputs to what is wanted of them, one call at a time. */
  settle(urgency: Ask['urgency'] = 'upkeep'): Promise<void> {
    this.#settleAgain = this.#settling !== null;
    this.#settling ??= this.#settleAll(urgency).finally(() => {
      this.#settling = null;
    });
    return this.#settling;
  }

  /** The same after that many real ms. */
  settleAfter(ms: number): void {
    this.#context.timers.after(ms, () => void this.settle('command'));
  }

  async #settleAll(urgency: Ask['urgency']): Promise<void> {
    for (let i = 0; i < NEWER_LOOKS; i += 1) {
      this.#settleAgain = false;
      await this.#settleOnce({ urgency });
      if (!this.#settleAgain) return;
    }
  }

  async #settleOnce(ask: Ask): Promise<void> {
    const { open, lock } = this.map;
    const { watch, outputs } = this;
    const isOpen = outputs.isOn(open) ?? (await outputs.look(open, ask));
    if (isOpen === true && !this.#wantsOpen()) await this.#shut(ask);
    // An opening is its command's to write; here only the mode that is kept comes back.
    const isHeld = () => watch.mode() === 'held';
    if (isOpen === false && isHeld()) await outputs.write(open, true, { ...ask, wanted: isHeld });
    if (lock !== null) {
      const isLocked = watch.mode() === 'locked';
      const wanted = () => (watch.mode() === 'locked') === isLocked;
      const shown = outputs.isOn(lock) ?? (await outputs.look(lock, ask));
      if (shown === !isLocked) await outputs.write(lock, isLocked, { ...ask, wanted });
    }
    await this.#settleClose(ask);
  }

  #wantsOpen(): boolean {
    return this.watch.wantsOpen(this.#context.clock.monoMs());
  }

  /** Lets the open output go. Where a barrier would come down by it, the loop is asked first. */
  async #shut(ask: Ask): Promise<void> {
    if (this.map.close === null && !(await this.#isClear(ask))) return;
    const wanted = () => !this.#wantsOpen();
    await this.outputs.write(this.map.open, false, { ...ask, wanted });
  }

  /** A barrier may come down: nothing is under it, by a look of this very moment. */
  async #isClear(ask: Ask): Promise<boolean> {
    const { loopUnder } = this.map.inputs;
    return loopUnder === undefined || (await this.outputs.input(loopUnder, ask)) === false;
  }

  async #settleClose(ask: Ask): Promise<void> {
    const { close, open, pulseMs } = this.map;
    if (close === null) return;
    const { clock, timing } = this.#context;
    const { outputs, watch } = this;
    const shown = outputs.isOn(close) ?? (await outputs.look(close, ask));
    if (shown === true && clock.monoMs() >= (this.#closeOffMs ?? 0)) {
      await outputs.write(close, false, ask);
    }
    const wanted = () => watch.wantsClose(clock.monoMs()) && outputs.isOn(open) === false;
    if (shown !== false || !wanted() || !(await this.#isClear(ask))) return;
    const forMs = pulseMs ?? timing.closePulseMs;
    const onSent = () => {
      this.#closeOffMs = clock.monoMs() + forMs;
    };
    const written = await outputs.write(close, true, { ...ask, wanted, onSent });
    if (!written.ok || outputs.isOn(close) !== true) return;
    watch.closeSent();
    this.settleAfter(forMs);
  }

  /** True where the outputs show the mode that the door is to be in. */
  showsMode(): boolean {
    const { open, lock } = this.map;
    const mode = this.watch.mode();
    const isOpen = this.outputs.isOn(open);
    if (mode !== 'controlled' && isOpen !== (mode === 'held')) return false;
    if (mode === 'controlled' && isOpen === true && !this.#wantsOpen()) return false;
    if (this.watch.wantsClose(this.#context.clock.monoMs())) return false;
    return lock === null || this.outputs.isOn(lock) === (mode === 'locked');
  }

  /** Asks for the outputs that say the mode. False where the module does not answer. */
  async lookAtMode(ask: Ask): Promise<boolean> {
    const { open, lock } = this.map;
    if ((await this.outputs.look(open, ask)) === undefined) return false;
    return lock === null || (await this.outputs.look(lock, ask)) !== undefined;
  }

  /** Tells the mode that the outputs show, where it is another than was told. */
  tellMode(): void {
    const mode = this.watch.mode();
    if (mode === this.#shownMode) return;
    this.#shownMode = mode;
    const { board } = this.#context.setUp;
    tell(this.#context, { kind: 'door-mode', board, door: this.door, mode });
  }

  /**
   * Settles, and waits for the outputs to show it. False where they do not in time, and for upkeep
   * as soon as the connection is lost: the next set-up begins anew.
   */
  async settleSurely(withinMs: number, ask: Ask): Promise<boolean> {
    const { clock, exchange, timers, timing } = this.#context;
    const endMs = clock.monoMs() + withinMs;
    for (;;) {
      await this.settle(ask.urgency);
      if ((await this.lookAtMode(ask)) && this.showsMode()) return true;
      if (clock.monoMs() >= endMs) return false;
      if (ask.urgency !== 'command' && !exchange.connected()) return false;
      await pause(timers, timing.confirmEveryMs);
    }
  }

  /** A vehicle stands where the barrier would come down. */
  isTaken(): boolean {
    const { loopUnder } = this.map.inputs;
    return loopUnder !== undefined && this.#context.seen.happens(loopUnder) !== false;
  }
}
