/**
 * pcProx readers at desks. They come and go: the devices are listed every second, each configured
 * reader takes one, puts it into SDK mode and asks it for a badge five times a second.
 */
import type { ReaderId } from '../../../../shared/domain/ids.ts';
import type { BadgeRules } from '../../../../shared/wire/badges.ts';
import type { DeskReader, ReaderSink, ReaderState } from '../ports.ts';
import { pause, realTimers, type Timers } from '../timers.ts';
import { CardWatch } from './card-watch.ts';
import { credentialOf, PRODUCT_ID, VENDOR_ID } from './codec.ts';
import { type Hid, type HidRow, nodeHid } from './hid.ts';
import { type CardFrames, PcproxSession } from './session.ts';
import { type PcproxTiming, pcproxTiming } from './timing.ts';

export interface PcproxSetUp {
  readonly reader: ReaderId;
  /** The reader's own serial number where two are attached; without it, any free one is taken. */
  readonly serial?: string | undefined;
}

export interface PcproxOptions {
  readonly setUps: readonly PcproxSetUp[];
  readonly sink: ReaderSink;
  readonly badges: BadgeRules;
  readonly hid?: Hid | undefined;
  readonly timers?: Timers | undefined;
  readonly timing?: PcproxTiming | undefined;
}

interface Shared {
  readonly sink: ReaderSink;
  readonly badges: BadgeRules;
  readonly hid: Hid;
  readonly timers: Timers;
  readonly timing: PcproxTiming;
  /** Paths that a reader has taken. */
  readonly taken: Set<string>;
}

/** All pcProx readers of a site. */
export function createPcproxReaders(options: PcproxOptions): readonly DeskReader[] {
  const shared: Shared = {
    sink: options.sink,
    badges: options.badges,
    hid: options.hid ?? nodeHid(),
    timers: options.timers ?? realTimers,
    timing: options.timing ?? pcproxTiming,
    taken: new Set(),
  };
  return options.setUps.map((setUp) => new PcproxReader(setUp, shared));
}

const NOT_ATTACHED = 'no badge reader is attached: plug it in';
const MODEL = 'rf IDEAS pcProx';

class PcproxReader implements DeskReader {
  readonly reader: ReaderId;
  readonly #setUp: PcproxSetUp;
  readonly #shared: Shared;
  readonly #watch = new CardWatch();
  #running = false;
  #loop: Promise<void> | null = null;
  #told = '';

  constructor(setUp: PcproxSetUp, shared: Shared) {
    this.reader = setUp.reader;
    this.#setUp = setUp;
    this.#shared = shared;
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#running = false;
    await this.#loop;
  }

  /** A state is told when it changes, not each time it is found again. */
  #tell(state: Omit<ReaderState, 'kind' | 'reader'>): void {
    const key = JSON.stringify(state);
    if (key === this.#told) return;
    this.#told = key;
    this.#shared.sink.report({ kind: 'reader-state', reader: this.reader, ...state });
  }

  async #run(): Promise<void> {
    const { timers, timing } = this.#shared;
    while (this.#running) {
      const row = await this.#find();
      if (row !== null) await this.#attend(row);
      if (this.#running) await pause(timers, timing.listEveryMs);
    }
  }

  async #list(): Promise<readonly HidRow[] | null> {
    const listed = await this.#shared.hid.list(VENDOR_ID, PRODUCT_ID);
    if (listed.ok) return listed.value;
    this.#tell({ online: false, text: listed.fault.text });
    return null;
  }

  async #find(): Promise<HidRow | null> {
    const rows = await this.#list();
    if (rows === null) return null;
    const { serial } = this.#setUp;
    const free = rows.filter((row) => !this.#shared.taken.has(row.path));
    const row = free.find((one) => serial === undefined || one.serialNumber === serial);
    if (row === undefined) this.#tell({ online: false, text: NOT_ATTACHED });
    return row ?? null;
  }

  async #attend(row: HidRow): Promise<void> {
    const { hid, taken, timers, timing } = this.#shared;
    taken.add(row.path);
    const opened = await hid.open(row.path);
    if (opened.ok) {
      const session = new PcproxSession(opened.value, timers, timing);
      await this.#use(session, row);
      await session.close();
    } else {
      this.#tell({ online: false, text: opened.fault.text });
    }
    taken.delete(row.path);
  }

  async #use(session: PcproxSession, row: HidRow): Promise<void> {
    const { timers, timing } = this.#shared;
    const prepared = await session.prepare();
    if (!prepared.ok) {
      this.#tell({ online: false, text: prepared.fault.text });
      return;
    }
    const model = `${row.product || MODEL}, firmware ${prepared.value}`;
    const known = { online: true, model, serial: row.serialNumber };
    this.#tell(known);
    this.#watch.nothing();
    let unlistedFor = 0;
    while (this.#running) {
      const card = await session.readCard();
      if (!card.ok) {
        // An error in the middle is how an unplugged reader shows itself first.
        const text = card.fault.code === 'silent' ? card.fault.text : NOT_ATTACHED;
        this.#tell({ online: false, text });
        return;
      }
      this.#take(card.value, known);
      await pause(timers, timing.pollEveryMs);
      unlistedFor += timing.pollEveryMs;
      if (unlistedFor < timing.listEveryMs) continue;
      unlistedFor = 0;
      const rows = await this.#list();
      if (rows === null || !rows.some((one) => one.path === row.path)) {
        this.#tell({ online: false, text: NOT_ATTACHED });
        return;
      }
    }
  }

  #take(card: CardFrames, known: Omit<ReaderState, 'kind' | 'reader'>): void {
    if (card === null) {
      this.#watch.nothing();
      return;
    }
    const read = credentialOf(card.data, card.bits, this.#shared.badges);
    if (read.ok) {
      if (!this.#watch.seen(read.value)) return;
      this.#tell(known);
      this.#shared.sink.report({ kind: 'read', reader: this.reader, credential: read.value });
    } else if (read.fault.code !== 'no-bits' && this.#watch.seen('unreadable')) {
      this.#tell({ ...known, text: read.fault.text });
    }
  }
}
