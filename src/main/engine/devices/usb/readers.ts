/**
 * The life of readers on USB, the same for every family. They come and go: the devices are listed
 * every second; each configured reader takes one, opens it, lets it go when it is gone or fails.
 */
import type { ReaderId } from '../../../../shared/domain/ids.ts';
import type { SiteUsbReader } from '../../../../shared/domain/site-reader.ts';
import type { Result } from '../../../../shared/lib/result.ts';
import type { BadgeRules } from '../../../../shared/wire/badges.ts';
import type { DeskReader, ReaderSink, ReaderState, Told } from '../ports.ts';
import { realTimers, type Timer, type Timers } from '../timers.ts';
import { Attached, type Buses } from './attached.ts';
import { familyOf } from './families.ts';
import { type ReaderFamily, type ReaderSession, rowOf, type SessionSink } from './family.ts';
import { type Closable, type Hid, type HidRow, nodeHid } from './hid.ts';
import { Listing } from './listing.ts';
import { type Serial, serialPorts } from './serial.ts';
import { type UsbTiming, usbTiming } from './timing.ts';
import { within } from './within.ts';

export interface UsbOptions {
  readonly readers: readonly SiteUsbReader[];
  readonly sink: ReaderSink;
  readonly badges: BadgeRules;
  readonly hid?: Hid | undefined;
  readonly serial?: Serial | undefined;
  readonly timers?: Timers | undefined;
  readonly timing?: UsbTiming | undefined;
}

interface Shared {
  readonly sink: ReaderSink;
  readonly badges: BadgeRules;
  readonly buses: Buses;
  readonly timers: Timers;
  readonly timing: UsbTiming;
  /** Paths that a reader has taken. */
  readonly taken: Set<string>;
}

/** All readers of a site that are attached by USB, and what else is attached. */
export function createUsbReaders(options: UsbOptions): {
  readonly readers: readonly DeskReader[];
  readonly attached: Attached;
} {
  const { timers = realTimers, timing = usbTiming, sink, badges } = options;
  const { hid = nodeHid(), serial = serialPorts() } = options;
  const buses = {
    hid: { bus: hid, listing: new Listing(hid, timers, timing) },
    serial: { bus: serial, listing: new Listing(serial, timers, timing) },
  };
  const taken = new Set<string>();
  const shared: Shared = { sink, badges, buses, timers, timing, taken };
  const attached = new Attached({
    ...{ site: options.readers, buses, timers, taken, everyMs: timing.listEveryMs },
    onChange: () => sink.attached?.(),
  });
  return { readers: options.readers.map((reader) => new UsbReader(reader, shared)), attached };
}

const NOT_ATTACHED = 'no badge reader is attached: plug it in';
const FAULTY = 'the reader is attached and does not work: unplug it and plug it in again';

/** A reader that fails again and again is opened ever more seldom: twice the time, so often. */
const MOST_DOUBLINGS = 5;

type Shown = Omit<ReaderState, 'kind' | 'reader'>;

class UsbReader implements DeskReader {
  readonly reader: ReaderId;
  readonly #site: SiteUsbReader;
  readonly #family: ReaderFamily<SiteUsbReader, Closable>;
  readonly #shared: Shared;
  #running = false;
  #loop: Promise<void> | null = null;
  #told = '';
  /** The device that it had last. */
  #last: HidRow | null = null;
  /** How often that one failed since it was last well. */
  #failures = 0;
  /** The one that is open; null where none is. */
  #session: ReaderSession | null = null;
  /** Ends the wait that the loop is in. */
  #wake: () => void = () => {};

  constructor(site: SiteUsbReader, shared: Shared) {
    this.reader = site.id;
    this.#site = site;
    this.#family = familyOf(site.driver);
    this.#shared = shared;
  }

  async start(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#wake();
    await this.#loop;
  }

  tell(told: Told): void {
    this.#session?.tell?.(told);
  }

  /** A state is told when it changes, not each time it is found again. */
  #tell(state: Shown): void {
    const key = JSON.stringify(state);
    if (key === this.#told) return;
    this.#told = key;
    this.#shared.sink.report({ kind: 'reader-state', reader: this.reader, ...state });
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer: Timer = this.#shared.timers.after(ms, resolve);
      this.#wake = () => {
        timer.cancel();
        resolve();
      };
    });
  }

  async #run(): Promise<void> {
    const { listEveryMs } = this.#shared.timing;
    while (this.#running) {
      const row = await this.#find();
      if (row !== null) await this.#attend(row);
      const doublings = Math.min(Math.max(0, this.#failures - 1), MOST_DOUBLINGS);
      if (this.#running) await this.#wait(listEveryMs * 2 ** doublings);
    }
  }

  async #list(): Promise<readonly HidRow[] | null> {
    const listed = await this.#shared.buses[this.#family.on].listing.rows();
    if (listed.ok) return listed.value;
    this.#tell({ online: false, text: listed.fault.text });
    return null;
  }

  /** A free device, which is then taken. */
  async #find(): Promise<HidRow | null> {
    const rows = await this.#list();
    if (rows === null) return null;
    const free = rows.filter((row) => !this.#shared.taken.has(row.path));
    const row = rowOf(this.#site, this.#family, free);
    if (row !== undefined) {
      // At once: another reader may look at the same list.
      this.#shared.taken.add(row.path);
      // Plugged in anew, perhaps between two looks: what failed before was another.
      if (this.#last !== null && !isSame(this.#last, row)) this.#failures = 0;
      this.#last = row;
      return row;
    }
    this.#failures = 0;
    this.#tell({ online: false, text: NOT_ATTACHED });
    return null;
  }

  async #attend(row: HidRow): Promise<void> {
    const { taken, timers, timing } = this.#shared;
    const handle = await this.#open(row.path);
    if (handle.ok) {
      await this.#use(handle.value, row);
      await within(timers, timing.answerTimeoutMs, handle.value.close());
    } else {
      this.#tell({ online: false, text: handle.fault.text });
    }
    taken.delete(row.path);
  }

  /** Opens a device; one that opens only after its time is closed again. */
  async #open(path: string): Promise<Result<Closable>> {
    const { buses, timers, timing } = this.#shared;
    const opening = buses[this.#family.on].bus.open(path);
    const opened = await within(timers, timing.answerTimeoutMs, opening);
    if (opened.ok) return opened.value;
    void opening.then(
      (late) => void (late.ok && late.value.close()),
      () => undefined,
    );
    return opened;
  }

  async #use(handle: Closable, row: HidRow): Promise<void> {
    const { badges, timers, timing } = this.#shared;
    const life = new Life(row, this.#family.called);
    const sink = this.#sinkOf(life);
    const parts = { handle, row, sink, badges, timers, timing };
    const session: ReaderSession = this.#family.open(this.#site, parts);
    const begun = await session.begin();
    if (begun.ok && life.fault === null) {
      life.more = begun.value;
      if (this.#failures < 2) this.#tell(life.known());
      this.#session = session;
      await this.#watch(life);
      this.#session = null;
    }
    await session.end();
    this.#ended(life, begun);
  }

  /** Until it is gone, has failed, or nobody wants it any more. */
  async #watch(life: Life): Promise<void> {
    const { listEveryMs, steadyMs } = this.#shared.timing;
    for (let openMs = 0; this.#running && life.fault === null; openMs += listEveryMs) {
      if (openMs >= steadyMs && this.#failures > 0) this.#well(life);
      await this.#wait(listEveryMs);
      if (!this.#running || life.fault !== null) return;
      const rows = await this.#list();
      if (rows === null) life.fault = { code: 'unlisted', words: '' };
      else if (!rows.some((one) => isSame(one, life.row))) life.fault = { code: 'gone', words: '' };
    }
  }

  #well(life: Life): void {
    this.#failures = 0;
    this.#tell(life.known());
  }

  #ended(life: Life, begun: Result<string>): void {
    const { fault } = life;
    if (fault === null && begun.ok) return;
    // Where the devices cannot even be listed, that was told.
    if (fault?.code === 'unlisted') return;
    this.#failures = fault?.code === 'gone' ? 0 : this.#failures + 1;
    // An error in the middle is how an unplugged reader shows itself first.
    let text = this.#failures < 2 ? NOT_ATTACHED : FAULTY;
    if (fault?.code === 'silent') text = fault.words;
    if (!begun.ok) text = begun.fault.text;
    this.#tell({ online: false, text });
  }

  #sinkOf(life: Life): SessionSink {
    const { sink } = this.#shared;
    const { reader } = this;
    return {
      read: (credential) => {
        this.#well(life);
        sink.report({ kind: 'read', reader, credential });
      },
      scan: (text) => {
        this.#well(life);
        sink.report({ kind: 'scan', reader, text });
      },
      complain: (text) => this.#tell({ ...life.known(), text }),
      failed: (code, words) => {
        life.fault ??= { code, words };
        this.#wake();
      },
    };
  }
}

/** One time that a reader was open. */
class Life {
  readonly row: HidRow;
  readonly #called: string;
  more = '';
  fault: { readonly code: 'gone' | 'unlisted' | 'hid' | 'silent'; readonly words: string } | null =
    null;

  constructor(row: HidRow, called: string) {
    this.row = row;
    this.#called = called;
  }

  known(): Shown {
    const { product, serialNumber } = this.row;
    const name = product || this.#called;
    const model = this.more === '' ? name : `${name}, ${this.more}`;
    return { online: true, model, serial: serialNumber };
  }
}

/** A path is given to the next device as soon as one is gone. */
function isSame(a: HidRow, b: HidRow): boolean {
  const same = a.path === b.path && a.serialNumber === b.serialNumber && a.since === b.since;
  return same && a.vendorId === b.vendorId && a.productId === b.productId;
}
