/**
 * Gate commands. A command is sent once or never: past its deadline it is `expired`, without a
 * proof it is `unknown`, and it is never repeated, so that no gate opens late. A reply to open-door
 * proves nothing (uhppote-simulator says yes for a door that stays locked): what counts is the
 * relay shown by a status, or the door's contact.
 */
import { type DoorMode, isTurn } from '../../../../shared/domain/gate.ts';
import type { Fault } from '../../../../shared/lib/result.ts';
import type { StatusFields } from '../../../../shared/wire/uhppote/messages.ts';
import type { GateCommand } from '../ports.ts';
import { modeOf, tellCommand } from '../telling.ts';
import { pause } from '../timers.ts';
import type { BoardContext } from './context.ts';
import type { Doors } from './doors.ts';

/** What the commands need of the board's driver. */
export interface CommandBoard {
  /** Asks for the status now; null when the board does not answer. */
  poll(): Promise<StatusFields | null>;
  /** The relay bits last shown. */
  relays(): number;
  /** The highest event index that the board has spoken of, read already or not. */
  spokenIndex(): number;
}

/** What became of a command's bytes: `null` where no reply came. */
type Acknowledged = boolean | null;

/** When an open command was asked for, and the board's newest known event as its bytes left. */
interface Sent {
  readonly monoMs: number;
  index: number;
}

export class Commands {
  readonly #context: BoardContext;
  readonly #board: CommandBoard;
  readonly #doors: Doors;
  /** Index of the event by which each door's contact last opened. */
  readonly #openedIndex = new Map<number, number>();

  constructor(context: BoardContext, board: CommandBoard, doors: Doors) {
    this.#context = context;
    this.#board = board;
    this.#doors = doors;
  }

  /** A live event said that the door's contact opened. */
  onDoorOpened(door: number, index: number): void {
    this.#openedIndex.set(door, index);
  }

  send(command: GateCommand): void {
    void this.#run(command);
  }

  async #run(command: GateCommand): Promise<void> {
    if (command.action === 'open') await this.#open(command);
    else if (isTurn(command.action)) await this.#turn(command);
    else await this.#setMode(command, modeOf(command.action));
  }

  #options(command: GateCommand, onSent = () => {}) {
    return {
      urgency: 'command' as const,
      timeoutMs: this.#context.timing.commandTimeoutMs,
      deadlineMonoMs: command.deadlineMonoMs,
      onSent: () => {
        onSent();
        tellCommand(this.#context, command, 'sent');
      },
    };
  }

  /** True where the fault means that nothing was sent; the outcome is then told. */
  #neverSent(command: GateCommand, fault: Fault): boolean {
    if (fault.code === 'timeout' || fault.code === 'bad-mode') return false;
    if (fault.code === 'closed')
      tellCommand(this.#context, command, 'unknown', { text: fault.text });
    else
      tellCommand(this.#context, command, fault.code === 'expired' ? 'expired' : 'failed', {
        text: fault.text,
      });
    return true;
  }

  async #open(command: GateCommand): Promise<void> {
    const { clock, exchange } = this.#context;
    const { door } = command;
    await this.#matchDelay(command);
    const openBefore = relayOn(this.#board.relays(), door);
    const sent: Sent = { monoMs: clock.monoMs(), index: 0 };
    const onSent = () => {
      sent.index = this.#board.spokenIndex();
    };
    const reply = await exchange.request('open-door', { door }, this.#options(command, onSent));
    if (!reply.ok && this.#neverSent(command, reply.fault)) return;
    const acknowledged = reply.ok ? reply.value.ok : null;
    if (acknowledged === false) {
      tellCommand(this.#context, command, 'failed', {
        text: `the board refused to open door ${door}`,
      });
      return;
    }
    if (acknowledged) tellCommand(this.#context, command, 'accepted');
    // A relay that was on before proves nothing where the board did not even answer.
    await this.#awaitOpen(command, acknowledged, openBefore && acknowledged === null, sent);
  }

  /** The board opens for the door's delay: where the command wants another, it is set first. */
  async #matchDelay(command: GateCommand): Promise<void> {
    const shown = this.#doors.shown(command.door);
    if (shown === undefined || shown.delayS === command.openS) return;
    const { timing } = this.#context;
    const wanted = { mode: shown.mode, delayS: command.openS };
    const told = await this.#doors.set(command.door, wanted, {
      urgency: 'command',
      timeoutMs: timing.readTimeoutMs,
      deadlineMonoMs: command.deadlineMonoMs,
    });
    if (told.ok) await this.#doors.read(command.door, 'command');
  }

  async #awaitOpen(
    command: GateCommand,
    acknowledged: Acknowledged,
    relayProvesNothing: boolean,
    sent: Sent,
  ): Promise<void> {
    const { clock, timers, timing } = this.#context;
    const { door } = command;
    const endMonoMs = clock.monoMs() + timing.confirmTimeoutMs;
    const openMs = this.#doors.delayOf(door) * 1000;
    let seenShut = false;
    while (clock.monoMs() < endMonoMs) {
      const status = await this.#board.poll();
      if (status !== null && relayOn(status.relays, door) && !relayProvesNothing) {
        tellCommand(this.#context, command, 'confirmed', { shownBy: 'relay' });
        return;
      }
      // An older event may be read only now: whoever went through then was another person.
      if ((this.#openedIndex.get(door) ?? 0) > sent.index) {
        tellCommand(this.#context, command, 'confirmed', { shownBy: 'door' });
        return;
      }
      // Only a look within the opening time can tell that it did not open.
      if (status !== null && clock.monoMs() - sent.monoMs < openMs) seenShut = true;
      await pause(timers, timing.confirmEveryMs);
    }
    if (acknowledged && seenShut) {
      const text = `the board said yes but door ${door} did not open: see its mode`;
      tellCommand(this.#context, command, 'failed', { text });
    } else {
      const text = `nothing shows whether door ${door} opened; it is not opened again`;
      tellCommand(this.#context, command, 'unknown', { text });
    }
  }

  /**
   * A board needs nothing for it: its relay opens for either side, and each swipe says by which of
   * the door's two readers it came. It must show its door, so that nobody stands before a dead one.
   */
  async #turn(command: GateCommand): Promise<void> {
    const { exchange } = this.#context;
    const { door } = command;
    const asked = await exchange.request('get-door', { door }, this.#options(command));
    if (asked.ok) {
      tellCommand(this.#context, command, 'accepted');
      tellCommand(this.#context, command, 'confirmed', { shownBy: 'mode' });
    } else if (!this.#neverSent(command, asked.fault)) {
      const text = 'the board does not answer: its lane leads as before';
      tellCommand(this.#context, command, 'failed', { text });
    }
  }

  async #setMode(command: GateCommand, mode: DoorMode): Promise<void> {
    const { clock, timers, timing } = this.#context;
    const { door } = command;
    const wanted = { mode, delayS: this.#doors.delayOf(door) };
    const reply = await this.#doors.set(door, wanted, this.#options(command));
    if (!reply.ok && this.#neverSent(command, reply.fault)) return;
    const acknowledged = reply.ok && reply.value.mode === mode;
    if (acknowledged) tellCommand(this.#context, command, 'accepted');
    const endMonoMs = clock.monoMs() + timing.confirmTimeoutMs;
    let shownOther: DoorMode | null = null;
    while (clock.monoMs() < endMonoMs) {
      const shown = await this.#doors.read(door, 'live');
      if (shown.ok && shown.value.mode === mode) {
        tellCommand(this.#context, command, 'confirmed', { shownBy: 'mode' });
        return;
      }
      if (shown.ok) shownOther = shown.value.mode;
      await pause(timers, timing.confirmEveryMs);
    }
    if (reply.ok && shownOther !== null) {
      tellCommand(this.#context, command, 'failed', {
        text: `door ${door} still shows ${shownOther}`,
      });
    } else {
      tellCommand(this.#context, command, 'unknown', {
        text: `nothing shows the mode of door ${door}`,
      });
    }
  }
}

function relayOn(relays: number, door: number): boolean {
  return ((relays >> (door - 1)) & 1) === 1;
}
