import { usbTiming } from '../../src/main/engine/devices/usb/timing.ts';

/** A tenth of the real times and less, for devices in memory. */
export const fastTiming = {
  ...usbTiming,
  listEveryMs: 40,
  listTimeoutMs: 100,
  answerTimeoutMs: 60,
  steadyMs: 400,
  pollEveryMs: 10,
  silenceMs: 30,
  halfMs: 60,
};
