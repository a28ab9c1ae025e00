import type { Credential } from '../../../../shared/domain/credential.ts';
import type { SiteTwn4Reader } from '../../../../shared/domain/site-reader.ts';
import { fail, ok, type Result } from '../../../../shared/lib/result.ts';
import { credentialOfCsn } from '../../../../shared/wire/badges.ts';
import {
  decodeAnswer,
  LineFramer,
  lineOf,
  ownNumberTypes,
  questions,
  type Tag,
  TWN4_VENDOR,
  tagOf,
  versionOf,
} from '../../../../shared/wire/twn4.ts';
import { CardWatch } from '../card-watch.ts';
import { pause } from '../timers.ts';
import type { ReaderFamily, ReaderSession, SessionParts } from '../usb/family.ts';
import type { SerialHandle } from '../usb/serial.ts';
import { MISREAD } from '../usb/texts.ts';
import { within } from '../usb/within.ts';

const BYTE_BITS = 8;
const OWN_NUMBERS: readonly number[] = Object.values(ownNumberTypes);

/** Elatec TWN4 readers in CDC mode, asked five times a second for what lies on them. */
export const twn4Family: ReaderFamily<SiteTwn4Reader, SerialHandle> = {
  called: 'Elatec TWN4',
  on: 'serial',
  isOne: ({ vendorId }) => vendorId === TWN4_VENDOR,
  open: (reader, parts) => new Twn4Session(reader, parts),
};

class Twn4Session implements ReaderSession {
  readonly #reader: SiteTwn4Reader;
  readonly #parts: SessionParts<SerialHandle>;
  readonly #framer = new LineFramer();
  readonly #watch = new CardWatch();
  #answer: ((line: string | null) => void) | null = null;
  #running = true;
  #polling: Promise<void> | null = null;

  constructor(reader: SiteTwn4Reader, parts: SessionParts<SerialHandle>) {
    this.#reader = reader;
    this.#parts = parts;
  }

  async begin(): Promise<Result<string>> {
    const { handle, sink } = this.#parts;
    handle.listen(
      (bytes) => {
        for (const line of this.#framer.push(bytes)) this.#answer?.(line);
      },
      (words) => sink.failed('hid', words),
    );
    const answered = await this.#ask(questions.version);
    if (!answered.ok) return answered;
    const version = versionOf(answered.value);
    if (!version.ok) return version;
    this.#polling = this.#poll();
    return ok(`firmware ${version.value}`);
  }

  async end(): Promise<void> {
    this.#running = false;
    await this.#polling;
  }

  /** One question at a time. What is left of an earlier answer is thrown away before it. */
  async #ask(question: Uint8Array): Promise<Result<Uint8Array>> {
    const { handle, timers, timing } = this.#parts;
    this.#framer.reset();
    const line = new Promise<string | null>((resolve) => {
      this.#answer = resolve;
    });
    const asked = handle.send(lineOf(question)).then(() => line);
    const answered = await within(timers, timing.answerTimeoutMs, asked);
    this.#answer = null;
    return answered.ok ? decodeAnswer(answered.value) : answered;
  }

  async #poll(): Promise<void> {
    const { sink, timers, timing } = this.#parts;
    while (this.#running) {
      const answered = await this.#ask(questions.searchTag);
      const tag = answered.ok ? tagOf(answered.value) : answered;
      if (!tag.ok) {
        sink.failed(tag.fault.code === 'silent' ? 'silent' : 'hid', tag.fault.text);
        return;
      }
      this.#take(tag.value);
      await pause(timers, timing.pollEveryMs);
    }
  }

  #take(tag: Tag | null): void {
    if (tag === null) {
      this.#watch.nothing();
      return;
    }
    const { sink } = this.#parts;
    const read = credentialOf(tag, this.#reader.reversed === true);
    if (read.ok) {
      if (this.#watch.seen(read.value)) sink.read(read.value);
    } else if (this.#watch.seen('unreadable')) sink.complain(read.fault.text);
  }
}

/** The chip's own number. How other kinds of tags are packed is not known: they are refused. */
function credentialOf({ bits, id, type }: Tag, reversed: boolean): Result<Credential> {
  if (!OWN_NUMBERS.includes(type)) {
    const kind = type.toString(16).toUpperCase().padStart(2, '0');
    return fail('tag-type', `badges of kind ${kind} are not read by this reader here`);
  }
  if (bits !== id.length * BYTE_BITS) return fail('tag-bits', MISREAD);
  return credentialOfCsn(reversed ? id.toReversed() : id);
}
