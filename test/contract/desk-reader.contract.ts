/** What every desk reader's driver must do, told in the words of the port alone. */
import { afterEach, describe, expect, test } from 'vitest';
import type { DeskReader, ReaderReport, ReaderSink } from '../../src/main/engine/devices/ports.ts';

export interface ReaderBench {
  readonly reader: DeskReader;
  readonly sink: ReaderRecorder;
  /** Two things that this reader reads, as it tells them. */
  readonly badges: readonly [string, string];
  /** Lays one of them on the reader or before it, and takes it away. */
  hold(badge: string): void;
  lift(): void;
  plug(): void;
  unplug(): void;
  /** How often the reader was asked for something so far. */
  asked(): number;
  /** How many badges were typed into whatever has the keyboard. */
  typed(): number;
}

/** What not every kind of reader can. */
export interface ReaderAbilities {
  /** Tells what lies there when it is asked; else it sends each badge once, of itself. */
  readonly isAsked: boolean;
}

/** Tests what this kind of reader can; of what it cannot there is no test. */
function testOf(able: boolean): (name: string, body: () => Promise<void>) => void {
  return able ? test : () => undefined;
}

export class ReaderRecorder implements ReaderSink {
  readonly reports: ReaderReport[] = [];

  report(report: ReaderReport): void {
    this.reports.push(report);
  }

  /** Badges and codes that were read, in order. */
  reads(): string[] {
    return this.reports.flatMap((report) => {
      if (report.kind === 'read') return [report.credential];
      return report.kind === 'scan' ? [report.text] : [];
    });
  }

  state() {
    return this.reports.filter((report) => report.kind === 'reader-state').at(-1);
  }

  async until(holds: () => boolean, what: string, withinMs = 5000): Promise<void> {
    const endMs = performance.now() + withinMs;
    while (!holds()) {
      if (performance.now() > endMs) {
        throw new Error(`waited ${withinMs} ms for ${what}: ${JSON.stringify(this.reports)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** `start` gives a bench whose reader is plugged in and started. */
export function deskReaderContract(
  driver: string,
  can: ReaderAbilities,
  start: () => Promise<ReaderBench>,
): void {
  let bench: ReaderBench | null = null;
  const online = async (): Promise<ReaderBench> => {
    bench = await start();
    const { sink } = bench;
    await sink.until(() => sink.state()?.online === true, 'the reader');
    return bench;
  };
  afterEach(async () => {
    await bench?.reader.stop();
    bench = null;
  });

  describe(`${driver}: a desk reader`, () => {
    test('is found, with its model and serial number', async () => {
      const { reader, sink } = await online();
      expect(sink.state()).toMatchObject({ reader: reader.reader, online: true });
      expect(sink.state()?.model).not.toBe('');
      expect(sink.state()?.serial).not.toBe('');
    });

    test('tells each badge, in order', async () => {
      const { badges, hold, lift, sink } = await online();
      hold(badges[0]);
      await sink.until(() => sink.reads().length === 1, 'the badge');
      hold(badges[1]);
      await sink.until(() => sink.reads().length === 2, 'the other badge');
      expect(sink.reads()).toEqual(badges);
      lift();
    });

    test('is missed within 2 s of being unplugged, and reads again when it is back', async () => {
      const { badges, hold, plug, sink, unplug } = await online();
      unplug();
      await sink.until(() => sink.state()?.online === false, 'it to be missed', 2000);
      expect(sink.state()?.text).toMatch(/plug it in/);
      plug();
      await sink.until(() => sink.state()?.online === true, 'it to be back');
      hold(badges[0]);
      await sink.until(() => sink.reads().length === 1, 'the badge');
    });
  });

  describe(`${driver}: the same badge again`, () => {
    testOf(can.isAsked)('is told only after it was taken away, and types nothing', async () => {
      const { asked, badges, hold, lift, sink, typed } = await online();
      const askedTwiceMore = async (): Promise<void> => {
        const before = asked();
        await sink.until(() => asked() > before + 2, 'two more questions');
      };
      hold(badges[0]);
      await sink.until(() => sink.reads().length === 1, 'the badge');
      await askedTwiceMore();
      expect(sink.reads()).toEqual([badges[0]]);
      lift();
      await askedTwiceMore();
      hold(badges[0]);
      await sink.until(() => sink.reads().length === 2, 'the badge again');
      expect(sink.reads()).toEqual([badges[0], badges[0]]);
      expect(typed()).toBe(0);
    });

    testOf(!can.isAsked)('is another read each time', async () => {
      const { badges, hold, sink } = await online();
      for (let n = 0; n < 3; n += 1) hold(badges[0]);
      await sink.until(() => sink.reads().length === 3, 'three reads');
      expect(sink.reads()).toEqual([badges[0], badges[0], badges[0]]);
    });
  });
}
