/** What every desk reader's driver must do, told in the words of the port alone. */
import { afterEach, describe, expect, test } from 'vitest';
import type { DeskReader, ReaderReport, ReaderSink } from '../../src/main/engine/devices/ports.ts';
import type { Credential } from '../../src/shared/domain/credential.ts';

export interface ReaderBench {
  readonly reader: DeskReader;
  readonly sink: ReaderRecorder;
  /** Lays a badge on the reader, and takes it away. */
  hold(credential: Credential): void;
  lift(): void;
  plug(): void;
  unplug(): void;
  /** How often the reader was asked for something so far. */
  asked(): number;
  /** How many badges were typed into whatever has the keyboard. */
  typed(): number;
}

export class ReaderRecorder implements ReaderSink {
  readonly reports: ReaderReport[] = [];

  report(report: ReaderReport): void {
    this.reports.push(report);
  }

  reads(): Credential[] {
    return this.reports.flatMap((report) => (report.kind === 'read' ? [report.credential] : []));
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

const badgeA = 'h10301/123/4567' as Credential;
const badgeB = 'h10301/10/1188' as Credential;

/** `start` gives a bench whose reader is plugged in and started. */
export function deskReaderContract(driver: string, start: () => Promise<ReaderBench>): void {
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

    test('tells a badge once while it lies there, and types nothing', async () => {
      const { hold, lift, sink, typed } = await online();
      hold(badgeA);
      await sink.until(() => sink.reads().length === 1, 'the badge');
      hold(badgeB);
      await sink.until(() => sink.reads().length === 2, 'the other badge');
      expect(sink.reads()).toEqual([badgeA, badgeB]);
      lift();
      expect(typed()).toBe(0);
    });

    test('tells the same badge again only after it was taken away', async () => {
      const { asked, hold, lift, sink } = await online();
      const askedTwiceMore = async (): Promise<void> => {
        const before = asked();
        await sink.until(() => asked() > before + 2, 'two more questions');
      };
      hold(badgeA);
      await sink.until(() => sink.reads().length === 1, 'the badge');
      await askedTwiceMore();
      expect(sink.reads()).toEqual([badgeA]);
      lift();
      await askedTwiceMore();
      hold(badgeA);
      await sink.until(() => sink.reads().length === 2, 'the badge again');
      expect(sink.reads()).toEqual([badgeA, badgeA]);
    });

    test('is missed within 2 s of being unplugged, and reads again when it is back', async () => {
      const { hold, plug, sink, unplug } = await online();
      unplug();
      await sink.until(() => sink.state()?.online === false, 'it to be missed', 2000);
      expect(sink.state()?.text).toMatch(/plug it in/);
      plug();
      await sink.until(() => sink.state()?.online === true, 'it to be back');
      hold(badgeA);
      await sink.until(() => sink.reads().length === 1, 'the badge');
    });
  });
}
