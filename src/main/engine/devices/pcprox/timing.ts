/** Every real-time constant of the pcProx driver, in ms. */
export interface PcproxTiming {
  /** node-hid tells of no plugging in or out, so the devices are listed this often. */
  readonly listEveryMs: number;
  /** The reader is asked for a badge this often: slower, and short taps are lost. */
  readonly pollEveryMs: number;
  readonly afterWriteMs: number;
  readonly answerTimeoutMs: number;
}

export const pcproxTiming: PcproxTiming = {
  listEveryMs: 1000,
  pollEveryMs: 200,
  afterWriteMs: 1,
  answerTimeoutMs: 1000,
};
