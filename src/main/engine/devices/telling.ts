/** What every gate driver tells in the same way. */
import type { DoorMode, ModeAction } from '../../../shared/domain/gate.ts';
import type { BoardId } from '../../../shared/domain/ids.ts';
import { BETWEEN_TEXTS } from '../../../shared/domain/text.ts';
import { assertNever } from '../../../shared/lib/assert.ts';
import type { CommandProgress, GateCommand, GateReport, GateSink } from './ports.ts';

/** As long as a text of the journal may be. */
const MOST_TEXT = 300;

interface Speaker {
  readonly setUp: { readonly board: BoardId };
  readonly sink: GateSink;
}

/** Hands a report in where nobody waits for it to be durable. */
export function tell({ sink }: Pick<Speaker, 'sink'>, report: GateReport): void {
  void sink.report(report);
}

/** One text of several, the weightiest first, at most 300 characters; undefined for none. */
export function joined(texts: readonly (string | undefined)[]): string | undefined {
  const said = texts.filter((text) => text !== undefined);
  return said.length === 0 ? undefined : said.join(BETWEEN_TEXTS).slice(0, MOST_TEXT);
}

/** How a board's command goes on. */
export function tellCommand(
  speaker: Speaker,
  command: GateCommand,
  stage: CommandProgress['stage'],
  more: Partial<Pick<CommandProgress, 'shownBy' | 'text' | 'unseen'>> = {},
): void {
  const { board } = speaker.setUp;
  tell(speaker, { kind: 'command', board, command: command.id, stage, ...more });
}

/** The mode that a door is in once it has done so; `open` is none. */
export function modeOf(action: ModeAction): DoorMode {
  switch (action) {
    case 'lock':
      return 'locked';
    case 'hold':
      return 'held';
    case 'control':
      return 'controlled';
    default:
      return assertNever(action, 'gate action');
  }
}
