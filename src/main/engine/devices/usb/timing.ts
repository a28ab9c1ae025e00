/** Every real-time constant of the readers on USB, in ms. */
export interface UsbTiming {
  /** node-hid tells of no plugging in or out, so the devices are listed this often. */
  readonly listEveryMs: number;
  /** A listing that takes longer is given up. */
  readonly listTimeoutMs: number;
  /** A reader that takes longer to answer is stuck. */
  readonly answerTimeoutMs: number;
  /** One that failed again and again is well once it has stayed open for so long. */
  readonly steadyMs: number;
  /** pcProx: asked for a badge this often; slower, and short taps are lost. */
  readonly pollEveryMs: number;
  /** pcProx: the reader needs a moment after each write (pcprox.py sleeps 1 ms). */
  readonly afterWriteMs: number;
  /** Keyboard readers: a number that ends with no key ends with so much silence. */
  readonly silenceMs: number;
  /** What came in part only is given up after this. */
  readonly halfMs: number;
}

export const usbTiming: UsbTiming = {
  listEveryMs: 1000,
  listTimeoutMs: 10_000,
  answerTimeoutMs: 1000,
  steadyMs: 10_000,
  pollEveryMs: 200,
  afterWriteMs: 1,
  silenceMs: 100,
  halfMs: 1000,
};
