/** Every real-time constant of the Modbus driver, in ms, in one place: tests shorten them. */
export interface ModbusTiming {
  /** One look at all inputs and outputs of a module in this time, at most. */
  readonly lookEveryMs: number;
  /** Two looks further apart than this may have missed somebody who went through. */
  readonly unseenAfterMs: number;
  readonly connectTimeoutMs: number;
  /** How long the answer to any request is awaited. */
  readonly requestTimeoutMs: number;
  /** How long after the reply the gate must have shown what it was told to do. */
  readonly confirmTimeoutMs: number;
  readonly confirmEveryMs: number;
  /** Without a whole look for this long a module counts as offline. */
  readonly offlineAfterMs: number;
  /** Pause before a failed connection or set-up is tried again. */
  readonly retryAfterMs: number;
  /** What still belongs to an opening after its time: bolts and contacts take a moment. */
  readonly graceMs: number;
  /** A vehicle that left the loop before the barrier for this long has driven away. */
  readonly leftAfterMs: number;
  /** How long a close output is held on where the door's opening is no pulse. */
  readonly closePulseMs: number;
}

export const modbusTiming: ModbusTiming = {
  lookEveryMs: 100,
  unseenAfterMs: 250,
  connectTimeoutMs: 1000,
  requestTimeoutMs: 400,
  confirmTimeoutMs: 3000,
  confirmEveryMs: 50,
  offlineAfterMs: 3000,
  retryAfterMs: 500,
  graceMs: 500,
  leftAfterMs: 2000,
  closePulseMs: 500,
};

/** The sizes that bound the driver. */
export const limits = {
  /** Requests that may wait for one module. */
  requests: 128,
  /** Live events handed in but not yet durable, per module. */
  liveWindow: 64,
  /** Events that may wait to be handed in, per module. */
  events: 1024,
  /** Requests in a row without an answer before the connection is made anew. */
  silences: 2,
} as const;
