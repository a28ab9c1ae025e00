/** How people move, in seconds of the calendar: they hurry with the training clock. */
export const WALK_S = {
  /** From the head of the queue to the reader. */
  stepUp: 0.5,
  /** From the open gate to the door. */
  react: 0.2,
  /** Through the door. */
  pass: 0.7,
} as const;

/** What people wait for, in real ms: gates and consoles answer in real time at any speed. */
export const WAIT_MS = {
  /**
   * For an answer, when there is no reason why it should be no: longer than a console may take to
   * open for a badge, so that no gate opens behind somebody's back for the next one.
   */
  answer: 5500,
  /** For an answer, when the person knows that it will be no. */
  formality: 500,
  /** Between a vehicle's tag and its driver's badge, whichever comes first. */
  otherHalf: 50,
  /** A door leaf does not move faster: a board reads its contact only so often. */
  leaf: 25,
  /** A gate opened for somebody who does not go stays theirs this long; the next one waits. */
  notTaken: 11_000,
  /** Somebody who was refused comes back no sooner. */
  comeBack: 15_000,
  /** For a supervisor, beside the lane. */
  supervisor: 300_000,
  /** A lane that answers nobody is left alone. */
  deadLane: 10_000,
} as const;

/** For a supervisor, in minutes of the calendar, when that is sooner. */
export const SUPERVISOR_MINUTES = 90;
/** So many in a row get no answer before people take another lane. */
export const DEAD_AFTER = 4;
/** Longer queues turn people away; they come again. */
export const QUEUE_LIMIT = 150;
/** From this length on people look at the other checkpoints too. */
export const LONG_QUEUE = 8;
