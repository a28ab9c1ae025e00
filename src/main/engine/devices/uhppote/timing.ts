/** Every real-time constant of the UHPPOTE driver, in ms, in one place: tests shorten them. */
export interface UhppoteTiming {
  /** One status request per board in this time: it also keeps PC control alive (30 s rule). */
  readonly statusEveryMs: number;
  readonly statusTimeoutMs: number;
  /** How long the reply to a command is awaited. */
  readonly commandTimeoutMs: number;
  /** How long the reply to a live read, a backlog read or a set-up request is awaited. */
  readonly readTimeoutMs: number;
  /** How long the reply to a housekeeping request is awaited. */
  readonly housekeepingTimeoutMs: number;
  /** A read that has been on its way this long is given up when a command waits. */
  readonly yieldAfterMs: number;
  /** How long after the reply the gate must have shown what it was told to do. */
  readonly confirmTimeoutMs: number;
  readonly confirmEveryMs: number;
  /** Without any valid answer for this long a board counts as offline. */
  readonly offlineAfterMs: number;
  /** Pause before a failed set-up, backlog or housekeeping request is tried again. */
  readonly retryAfterMs: number;
  /** Pause after a pushed event that the board does not have, so that a flood cannot hold us. */
  readonly phantomHoldMs: number;
  /** PC control is asked for again this often, since boards have no way to read it back. */
  readonly pcControlEveryMs: number;
  /** Door mode and delay are read back this often, one door at a time. */
  readonly doorCheckEveryMs: number;
  /** A board clock this far off, in real ms, is set. */
  readonly driftLimitMs: number;
}

export const uhppoteTiming: UhppoteTiming = {
  statusEveryMs: 1000,
  statusTimeoutMs: 700,
  commandTimeoutMs: 1000,
  readTimeoutMs: 400,
  housekeepingTimeoutMs: 300,
  yieldAfterMs: 50,
  confirmTimeoutMs: 3000,
  confirmEveryMs: 100,
  offlineAfterMs: 3000,
  retryAfterMs: 500,
  phantomHoldMs: 50,
  pcControlEveryMs: 60_000,
  doorCheckEveryMs: 5000,
  driftLimitMs: 5000,
};

/** The sizes that bound the driver. */
export const limits = {
  /** Commands that may wait for one board. */
  commands: 64,
  /** Requests a second for all boards together, those apart that somebody waits for. */
  requestsPerSecond: 4000,
  /** Requests of the lower classes that may wait for one board. */
  requests: 64,
  /** Missed pushes that are still fetched as live; more is a backlog. */
  liveRun: 32,
  /** Backlog events handed in but not yet durable, per board. */
  backlogWindow: 8,
  /** Live events handed in but not yet durable, per board. */
  liveWindow: 64,
  /**
   * Boards whose backlog is read at the same time: each is asked event by event, so that with
   * answers after some 8 ms only so many together bring 100,000 events in a minute.
   */
  boardsInBacklog: 16,
  /** Separate ranges of missing indexes that are remembered per board; the nearest are merged. */
  gaps: 256,
} as const;
