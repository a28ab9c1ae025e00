import type { Timing } from '../../../shared/domain/crossing.ts';
import type { BoardEvent, SwipeEvent } from '../../../shared/domain/device-report.ts';
import { happenedMs } from '../../../shared/journal/happened.ts';

/** An admitted crossing that was not opened within this time was not taken. Real ms. */
export const OPEN_WITHIN_MS = 10_000;
/** How long after opening a person may take to go through. Real ms. */
export const PASSAGE_MS = 10_000;
/** A gate command may leave for its board only this long after it was asked for. Real ms. */
export const SEND_WITHIN_MS = 3_000;
/** How long after an official a visitor may follow through a gate, in or out. Real ms. */
export const ESCORT_MS = 60_000;
/** A referred person is taken to have left after this time without a decision. Real ms. */
export const EXCEPTION_LAPSES_MS = 300_000;
/** An event older than this by the corrected clock is late. Real ms. */
export const LIVE_AGE_MS = 5_000;

/**
 * Live = pushed or polled, the next index in unbroken order, at most 5 s old by the corrected
 * clock. All else is late: it opens nothing, changes no mode and sounds nothing.
 */
export function timingOf(event: BoardEvent, queuedMs: number): Timing {
  // A stamp ahead of us takes nothing off the time that the event waited at our own door.
  const ageMs = Math.max(0, event.ageMs) + queuedMs;
  const fresh = ageMs <= LIVE_AGE_MS && event.ageMs >= -LIVE_AGE_MS;
  return event.delivery !== 'backlog' && event.inOrder && fresh ? 'live' : 'late';
}

/** True for a badge read that is written down and not decided: late, or opened by the board. */
export function isRecordOnly(swipe: SwipeEvent, queuedMs: number): boolean {
  return swipe.granted || timingOf(swipe, queuedMs) === 'late';
}

/**
 * The moment whose facts a badge read is judged by, ms since 1970: now where it is decided; where
 * it is only written down, when it happened, since hours and validity have gone on since then.
 */
export function judgedAtMs(swipe: SwipeEvent, queuedMs: number, nowMs: number): number {
  if (!isRecordOnly(swipe, queuedMs)) return nowMs;
  return happenedMs({ at: nowMs, deviceAt: swipe.deviceAtMs });
}
