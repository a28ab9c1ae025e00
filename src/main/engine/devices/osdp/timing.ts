/** Every real-time constant of the OSDP driver, in ms, in one place: tests shorten them. */
export interface OsdpTiming {
  /** How long a reply is awaited, beside the time that the bytes need on a slow line. */
  readonly replyTimeoutMs: number;
  /** A device is asked for news this often, where the line has time. */
  readonly pollEveryMs: number;
  /** News further apart than this, for each device on the line, may miss who went through. */
  readonly unseenAfterMs: number;
  /** Not every device tells of its inputs and outputs by itself: they are asked for this often. */
  readonly statusEveryMs: number;
  /** Pause before a busy device is asked the same again, and for how long that goes on. */
  readonly busyPauseMs: number;
  readonly busyForMs: number;
  /** Without any valid answer for this long a device counts as offline. */
  readonly offlineAfterMs: number;
  /** Pause before a device that did not answer is set up again: soon at first, then seldom. */
  readonly againAfterMs: number;
  readonly retryAfterMs: number;
  /** How long a network connection may take to be made. */
  readonly connectTimeoutMs: number;
  /** A connection from which nothing came for this long is made anew. */
  readonly deafAfterMs: number;
  /** How long after the reply the gate must have shown what it was told to do. */
  readonly confirmTimeoutMs: number;
  readonly confirmEveryMs: number;
  /** A contact open this long is reported. */
  readonly openTooLongMs: number;
  /** A gate that opens this long after its output went off was not forced. */
  readonly graceMs: number;
}

export const osdpTiming: OsdpTiming = {
  replyTimeoutMs: 200,
  pollEveryMs: 50,
  unseenAfterMs: 250,
  statusEveryMs: 1000,
  busyPauseMs: 50,
  busyForMs: 2000,
  offlineAfterMs: 3000,
  againAfterMs: 50,
  retryAfterMs: 1000,
  connectTimeoutMs: 3000,
  deafAfterMs: 10_000,
  confirmTimeoutMs: 3000,
  confirmEveryMs: 100,
  openTooLongMs: 20_000,
  graceMs: 1000,
};

/** The sizes that bound the driver. */
export const limits = {
  /** Commands that may wait for one device. */
  commands: 64,
  /** Requests of the other kind that may wait for one device. */
  requests: 64,
  /** How often a request other than a gate command is sent before it counts as unanswered. */
  tries: 5,
  /** Events handed in but not yet durable, per device: then it is not asked for more. */
  notDurable: 64,
} as const;
