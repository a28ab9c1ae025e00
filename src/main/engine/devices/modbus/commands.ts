/** Gate commands of one module: each is told on as far as the module shows it. */
import { type DoorMode, isTurn, type TurnAction } from '../../../../shared/domain/gate.ts';
import type { Output } from '../../../../shared/domain/modbus-modules.ts';
import type { Fault, Result } from '../../../../shared/lib/result.ts';
import type { GateCommand } from '../ports.ts';
import { modeOf, tellCommand } from '../telling.ts';
import { pause } from '../timers.ts';
import type { BoardContext } from './context.ts';
import type { Opening } from './door-watch.ts';
import type { Ask, Written } from './exchange.ts';
import type { Gate } from './gate.ts';

export class Commands {
  readonly #context: BoardContext;
  readonly #gates: ReadonlyMap<number, Gate>;
  readonly #isOnline: () => boolean;

  constructor(context: BoardContext, gates: ReadonlyMap<number, Gate>, isOnline: () => boolean) {
    this.#context = context;
    this.#gates = gates;
    this.#isOnline = isOnline;
  }

  send(command: GateCommand): void {
    void this.#run(command);
  }

  async #run(command: GateCommand): Promise<void> {
    const gate = this.#gates.get(command.door);
    if (this.#context.clock.monoMs() > command.deadlineMonoMs) {
      this.#tellUndone(command, 'expired', 'its time had passed before it could be sent');
    } else if (gate === undefined) {
      const text = `the map names no door ${command.door}: correct the site file`;
      this.#tellUndone(command, 'failed', text);
    } else if (!this.#isOnline()) {
      this.#tellUndone(command, 'failed', 'the module does not answer: nothing was sent');
    } else if (command.action === 'open') await this.#open(gate, command);
    else if (isTurn(command.action)) await this.#turn(gate, command, command.action);
    else await this.#setMode(gate, command, modeOf(command.action));
  }

  /**
   * The open output lets either side through; which sensor is a passage and which is somebody
   * against the way is ours to know. The module must show the output, or it is away.
   */
  async #turn(gate: Gate, command: GateCommand, action: TurnAction): Promise<void> {
    tellCommand(this.#context, command, 'sent');
    const shown = await gate.outputs.look(gate.map.open, { urgency: 'command' });
    if (shown === undefined) {
      const text = 'the module does not answer: nothing was sent';
      tellCommand(this.#context, command, 'failed', { text });
      return;
    }
    gate.watch.turn(action === 'reverse');
    tellCommand(this.#context, command, 'accepted');
    tellCommand(this.#context, command, 'confirmed', { shownBy: 'mode' });
  }

  #tellFault(command: GateCommand, { code, text }: Fault): void {
    this.#tellUndone(command, code === 'expired' ? 'expired' : 'failed', text);
  }

  /** A module that is away lets people out by itself where it is told to: nobody sees them go. */
  #tellUndone(command: GateCommand, stage: 'failed' | 'expired', text: string): void {
    const door = this.#context.setUp.doors.find((one) => one.door === command.door);
    const isUnseen = door?.freeAlone === true && !this.#isOnline();
    const unseen = isUnseen ? true : undefined;
    tellCommand(this.#context, command, stage, { text, unseen });
  }

  async #open(gate: Gate, command: GateCommand): Promise<void> {
    const { clock } = this.#context;
    const { door, deadlineMonoMs, openS } = command;
    const { outputs, watch } = gate;
    if (watch.mode() === 'locked') {
      const text = `door ${door} is locked: give it back to control first`;
      tellCommand(this.#context, command, 'failed', { text });
      return;
    }
    const wasOn = outputs.isOn(gate.map.open) !== false;
    const openedBefore = watch.opened();
    let opening: Opening | null = null;
    const onSent = () => {
      opening = watch.open(clock.monoMs(), openS * 1000);
      tellCommand(this.#context, command, 'sent');
    };
    const wanted = () => watch.mode() !== 'locked';
    const ask: Ask = { urgency: 'command', deadlineMonoMs, onSent, wanted };
    const written = await outputs.write(gate.map.open, true, ask);
    const begun = opening as Opening | null;
    const cancel = () => {
      if (begun !== null) watch.cancel(begun, clock.monoMs());
      void gate.settle('command');
    };
    if (!written.ok) {
      cancel();
      this.#tellFault(command, written.fault);
      return;
    }
    const { acknowledged } = written.value;
    if (acknowledged) tellCommand(this.#context, command, 'accepted');
    if (gate.map.pulseMs !== null) gate.settleAfter(gate.map.pulseMs);
    const provesNothing = wasOn && !acknowledged;
    const shown = await this.#awaitOpen(gate, { acknowledged, provesNothing, openedBefore });
    if (shown === 'relay' || shown === 'door') {
      tellCommand(this.#context, command, 'confirmed', { shownBy: shown });
      return;
    }
    cancel();
    const text =
      shown === 'shut'
        ? `the module said yes but its output for door ${door} stays off: see its own set-up`
        : `nothing shows whether door ${door} opened; it is not opened again`;
    tellCommand(this.#context, command, shown === 'shut' ? 'failed' : 'unknown', { text });
  }

  /** What showed the opening; `shut` where the module said yes and then showed that it did not. */
  async #awaitOpen(
    gate: Gate,
    sent: {
      readonly acknowledged: boolean;
      readonly provesNothing: boolean;
      readonly openedBefore: number;
    },
  ): Promise<'relay' | 'door' | 'shut' | null> {
    const { clock, timers, timing } = this.#context;
    const endMonoMs = clock.monoMs() + timing.confirmTimeoutMs;
    const isDue = () => gate.watch.wantsOpen(clock.monoMs());
    let seenShut = false;
    for (;;) {
      const due = isDue();
      const isOn = await gate.outputs.look(gate.map.open, { urgency: 'command' });
      if (isOn === true && !sent.provesNothing) return 'relay';
      if (gate.watch.opened() > sent.openedBefore) return 'door';
      // Only a look while it was to be open can tell that it did not open.
      if (isOn === false && due && isDue()) seenShut = true;
      if (clock.monoMs() >= endMonoMs) return sent.acknowledged && seenShut ? 'shut' : null;
      await pause(timers, timing.confirmEveryMs);
    }
  }

  async #setMode(gate: Gate, command: GateCommand, mode: DoorMode): Promise<void> {
    const { clock, timing } = this.#context;
    const { door } = command;
    const before = gate.watch.mode();
    gate.watch.setMode(mode, clock.monoMs());
    const isWanted = () => gate.watch.mode() === mode;
    /** What nobody saw done is not to come about later by itself. */
    const takeBack = () => {
      if (isWanted()) gate.watch.setMode(before, clock.monoMs());
      void gate.settle('command');
    };
    let isSent = false;
    const onSent = () => {
      if (!isSent) tellCommand(this.#context, command, 'sent');
      isSent = true;
    };
    const { deadlineMonoMs } = command;
    const ask: Ask = { urgency: 'command', deadlineMonoMs, onSent, wanted: isWanted };
    const written = await this.#writeMode(gate, mode, ask);
    if (!written.ok) {
      takeBack();
      this.#tellFault(command, written.fault);
      return;
    }
    const { acknowledged } = written.value;
    if (acknowledged) tellCommand(this.#context, command, 'accepted');
    const within = timing.confirmTimeoutMs;
    // A newer order that came meanwhile is what the door shows then.
    if ((await gate.settleSurely(within, { urgency: 'command' })) && isWanted()) {
      gate.tellMode();
      tellCommand(this.#context, command, 'confirmed', { shownBy: 'mode' });
    } else if (mode !== 'held' && isWanted() && gate.isTaken()) {
      const text = `a vehicle is under the barrier of door ${door}: it shuts when that has gone`;
      tellCommand(this.#context, command, 'unknown', { text });
    } else {
      takeBack();
      const text = `the outputs of door ${door} do not show it; it is not sent again`;
      tellCommand(this.#context, command, acknowledged ? 'failed' : 'unknown', { text });
    }
  }

  /** Writes the outputs of a mode, that which shuts the door only where nothing is under it. */
  async #writeMode(gate: Gate, mode: DoorMode, ask: Ask): Promise<Result<Written>> {
    const { open, lock } = gate.map;
    const isLocked = mode === 'locked';
    const steps: [Output, boolean][] = [];
    if (lock !== null && !isLocked) steps.push([lock, false]);
    if (mode === 'held' || !gate.isTaken()) steps.push([open, mode === 'held']);
    if (lock !== null && isLocked) steps.push([lock, true]);
    let acknowledged = true;
    for (const [output, on] of steps) {
      const written = await gate.outputs.write(output, on, ask);
      if (!written.ok) return written;
      acknowledged &&= written.value.acknowledged;
    }
    return { ok: true, value: { acknowledged, value: null } };
  }
}
