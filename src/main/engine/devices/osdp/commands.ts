/**
 * Gate commands. A command is sent once or never: past its deadline it is `expired`, without a
 * proof it is `unknown`, and it is never repeated, so that no gate opens late. The device's yes
 * proves nothing: what counts is the output that it shows when asked, or somebody going through.
 */
import { type DoorMode, isTurn } from '../../../../shared/domain/gate.ts';
import type { Fault, Result } from '../../../../shared/lib/result.ts';
import { outputs, type Reply } from '../../../../shared/wire/osdp/messages.ts';
import type { GateCommand } from '../ports.ts';
import { modeOf, tellCommand } from '../telling.ts';
import { pause } from '../timers.ts';
import type { DeviceContext, OsdpDoor } from './context.ts';
import type { Doors } from './doors.ts';
import type { EventNumbers } from './events.ts';

export interface CommandDevice {
  readonly doors: Doors;
  readonly events: EventNumbers;
  isOnline(): boolean;
  /** Asks for the outputs now; false where the device does not answer. */
  readOutputs(): Promise<boolean>;
  /** The traveller is let through. */
  onAdmitted(door: number, openS: number): void;
}

const TENTHS = 10;

export class Commands {
  readonly #context: DeviceContext;
  readonly #device: CommandDevice;
  /** Number of the event by which somebody last went through each door. */
  readonly #passedIndex = new Map<number, number>();

  constructor(context: DeviceContext, device: CommandDevice) {
    this.#context = context;
    this.#device = device;
  }

  onPassage(door: number, index: number): void {
    this.#passedIndex.set(door, index);
  }

  async run(command: GateCommand): Promise<void> {
    const door = this.#device.doors.door(command.door);
    if (door === undefined) {
      tellCommand(this.#context, command, 'failed', {
        text: `door ${command.door} is none of this device`,
      });
    } else if (this.#context.clock.monoMs() > command.deadlineMonoMs) {
      tellCommand(this.#context, command, 'expired', {
        text: 'its time had passed before it could be sent',
      });
    } else if (!this.#device.isOnline()) {
      tellCommand(this.#context, command, 'failed', {
        text: 'the device does not answer: nothing was sent',
      });
    } else if (command.action === 'open') await this.#open(command, door);
    else if (isTurn(command.action)) await this.#turn(command);
    else await this.#setMode(command, door, modeOf(command.action));
  }

  /** What became of an order: true where the device took it, null where nobody knows. */
  async #order(
    command: GateCommand,
    { output }: OsdpDoor,
    control: number,
    tenths: number,
    onSent = () => {},
  ): Promise<boolean | null> {
    const { link, sink } = this.#context;
    sink.awaited(1);
    const reply = await link.ask(
      { name: 'out', output, control, tenths },
      {
        isGateCommand: true,
        deadlineMonoMs: command.deadlineMonoMs,
        onSent: () => {
          onSent();
          tellCommand(this.#context, command, 'sent');
        },
      },
    );
    sink.awaited(-1);
    if (!reply.ok) return this.#notAnswered(command, reply.fault);
    return this.#answered(command, reply);
  }

  #notAnswered(command: GateCommand, fault: Fault): false | null {
    if (fault.code === 'timeout' || fault.code === 'bad-reply') return null;
    const { code, text } = fault;
    const stage = code === 'closed' ? 'unknown' : code === 'expired' ? 'expired' : 'failed';
    tellCommand(this.#context, command, stage, { text });
    return false;
  }

  #answered(command: GateCommand, { value: reply }: Extract<Result<Reply>, { ok: true }>): boolean {
    const { door } = command;
    if (reply.name === 'nak') {
      const text = `the device refused (code ${reply.code}): see the output of door ${door}`;
      tellCommand(this.#context, command, 'failed', { text });
      return false;
    }
    if (reply.name === 'ostatr') this.#device.doors.onOutputs(reply.levels);
    tellCommand(this.#context, command, 'accepted');
    return true;
  }

  async #open(command: GateCommand, door: OsdpDoor): Promise<void> {
    const { doors, events } = this.#device;
    if (doors.ordered(door.door) === 'locked') {
      const text = `door ${door.door} is locked: nothing was sent`;
      tellCommand(this.#context, command, 'failed', { text });
      return;
    }
    const { openS } = command;
    const onBefore = doors.isOn(door.door);
    let index = 0;
    let sentMonoMs = this.#context.clock.monoMs();
    const accepted = await this.#order(command, door, outputs.onForAWhile, openS * TENTHS, () => {
      index = events.lastIndex();
      sentMonoMs = this.#context.clock.monoMs();
      doors.opening(door.door, openS);
    });
    if (accepted === false) return;
    if (accepted) this.#device.onAdmitted(door.door, openS);
    // An output that was on before proves nothing where the device did not even answer.
    const proves = accepted === true || !onBefore;
    await this.#awaitOpen(command, { accepted, proves, index, sentMonoMs });
  }

  async #awaitOpen(
    command: GateCommand,
    sent: {
      readonly accepted: boolean | null;
      readonly proves: boolean;
      readonly index: number;
      readonly sentMonoMs: number;
    },
  ): Promise<void> {
    const { clock, timers, timing } = this.#context;
    const { door } = command;
    const endMonoMs = clock.monoMs() + timing.confirmTimeoutMs;
    let seenShut = false;
    while (clock.monoMs() < endMonoMs) {
      const answered = await this.#device.readOutputs();
      if (answered && sent.proves && this.#device.doors.isOn(door)) {
        tellCommand(this.#context, command, 'confirmed', { shownBy: 'relay' });
        return;
      }
      if ((this.#passedIndex.get(door) ?? 0) > sent.index) {
        tellCommand(this.#context, command, 'confirmed', { shownBy: 'door' });
        return;
      }
      // Only a look within the opening time can tell that it did not open.
      if (answered && clock.monoMs() - sent.sentMonoMs < command.openS * 1000) seenShut = true;
      await pause(timers, timing.confirmEveryMs);
    }
    if (sent.accepted && seenShut) {
      const text = `the device said yes but door ${door} did not open: see its output`;
      tellCommand(this.#context, command, 'failed', { text });
    } else {
      const text = `nothing shows whether door ${door} opened; it is not opened again`;
      tellCommand(this.#context, command, 'unknown', { text });
    }
  }

  /**
   * A device needs nothing for it: its output opens for either side, and which reader counts is
   * decided by us. It must be there, so that nobody stands before a gate that cannot open.
   */
  async #turn(command: GateCommand): Promise<void> {
    tellCommand(this.#context, command, 'sent');
    if (await this.#device.readOutputs()) {
      tellCommand(this.#context, command, 'accepted');
      tellCommand(this.#context, command, 'confirmed', { shownBy: 'mode' });
    } else {
      const text = 'the device does not answer: nothing was sent';
      tellCommand(this.#context, command, 'failed', { text });
    }
  }

  async #setMode(command: GateCommand, door: OsdpDoor, mode: DoorMode): Promise<void> {
    const { clock, timers, timing } = this.#context;
    const { doors } = this.#device;
    const before = doors.ordered(door.door) ?? 'controlled';
    // A lock is in force from here on: it is we who open for nobody.
    if (mode === 'locked') doors.order(door.door, mode);
    const control = mode === 'held' ? outputs.on : outputs.off;
    const accepted = await this.#order(command, door, control, 0);
    if (accepted === false) {
      doors.order(door.door, before);
      return;
    }
    doors.order(door.door, mode);
    const endMonoMs = clock.monoMs() + timing.confirmTimeoutMs;
    let answered = false;
    while (clock.monoMs() < endMonoMs) {
      answered = await this.#device.readOutputs();
      if (
        answered &&
        doors.shown(door.door) === mode &&
        doors.isOn(door.door) === (mode === 'held')
      ) {
        tellCommand(this.#context, command, 'confirmed', { shownBy: 'mode' });
        return;
      }
      await pause(timers, timing.confirmEveryMs);
    }
    if (accepted && answered) {
      const text = doors.isOn(door.door)
        ? `the output of door ${door.door} is still on`
        : `the output of door ${door.door} is still off`;
      tellCommand(this.#context, command, 'failed', { text });
    } else {
      tellCommand(this.#context, command, 'unknown', {
        text: `nothing shows the output of door ${door.door}`,
      });
    }
  }
}
