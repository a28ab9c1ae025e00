import type { SiteWedgeReader } from '../../../../shared/domain/site-reader.ts';
import { ok, type Result } from '../../../../shared/lib/result.ts';
import type { Timer } from '../timers.ts';
import { credentialOfText } from '../usb/badge-text.ts';
import type { ReaderFamily, ReaderSession, SessionParts } from '../usb/family.ts';
import { MISREAD, UNKNOWN_REPORT } from '../usb/texts.ts';
import { type Typed, Typing } from './codec.ts';

const KEYBOARD = { page: 1, usage: 6 };

/** Readers that type. Each text is a read, also one that is the same as the last. */
export const wedgeFamily: ReaderFamily<SiteWedgeReader> = {
  called: 'keyboard reader',
  on: 'hid',
  isOne: ({ usagePage, usage }) => usagePage === KEYBOARD.page && usage === KEYBOARD.usage,
  open: (reader, parts) => new WedgeSession(reader, parts),
};

class WedgeSession implements ReaderSession {
  readonly #reader: SiteWedgeReader;
  readonly #parts: SessionParts;
  readonly #typing = new Typing();
  #timer: Timer | null = null;

  constructor(reader: SiteWedgeReader, parts: SessionParts) {
    this.#reader = reader;
    this.#parts = parts;
  }

  async begin(): Promise<Result<string>> {
    const { handle, sink } = this.#parts;
    handle.listen(
      (report) => this.#take(report),
      (words) => sink.failed('hid', words),
    );
    return ok('');
  }

  async end(): Promise<void> {
    this.#timer?.cancel();
  }

  #take(report: Uint8Array): void {
    this.#timer?.cancel();
    this.#told(this.#typing.take(report));
    if (!this.#typing.isOpen) return;
    const { timers, timing } = this.#parts;
    const bySilence = this.#reader.ends === 'silence';
    this.#timer = timers.after(bySilence ? timing.silenceMs : timing.halfMs, () => {
      const ended = this.#typing.end();
      // Where a key is to end a badge, what stops without one is half of it.
      this.#told(bySilence ? ended : { kind: 'spoilt' });
    });
  }

  #told(typed: Typed): void {
    if (typed.kind === 'nothing') return;
    const { badges, sink } = this.#parts;
    const { badge, length } = this.#reader;
    if (typed.kind === 'unknown') {
      sink.complain(UNKNOWN_REPORT);
    } else if (typed.kind === 'spoilt' || typed.text.length !== (length ?? typed.text.length)) {
      sink.complain(MISREAD);
    } else {
      const read = credentialOfText(typed.text, badge, badges);
      if (read.ok) sink.read(read.value);
      else sink.complain(read.fault.text);
    }
  }
}
