import type { TrainingBoard } from '../../src/training/boards/training-board.ts';
import { until } from './waiting.ts';

/** The modes of a small zone's board in normal times: in, out, in, out. */
export const CONTROLLED = [3, 3, 3, 3];
/** Normally closed is 2, normally open 1: entries shut, exits free. */
export const SHUT_AND_FREE = [2, 1, 2, 1];

/** The modes of a board's four doors. */
export const modes = (board: TrainingBoard) => [1, 2, 3, 4].map((door) => board.door(door).mode);

export const become = (board: TrainingBoard, wanted: readonly number[]) =>
  until(`modes ${wanted.join()}`, () => modes(board).join() === wanted.join(), 20_000);
