import type { GateReport, GateSink } from '../../src/main/engine/devices/ports.ts';

type Kind = GateReport['kind'];
type Of<K extends Kind> = Extract<GateReport, { kind: K }>;

/** A sink that keeps every report and lets a test await the next that fits. */
export class RecordingSink implements GateSink {
  readonly reports: GateReport[] = [];
  /** How long a report takes to become durable, as the test wants it. */
  durable: (report: GateReport) => Promise<void> = () => Promise.resolve();
  /** Answers of boards that somebody waits for at a gate. */
  awaitedNow = 0;
  #waiting: (() => void)[] = [];

  awaited(change: 1 | -1): void {
    this.awaitedNow += change;
  }

  report(report: GateReport): Promise<void> {
    this.reports.push(report);
    for (const look of this.#waiting.splice(0)) look();
    return this.durable(report);
  }

  all<K extends Kind>(kind: K): Of<K>[] {
    return this.reports.filter((report): report is Of<K> => report.kind === kind);
  }

  /** The first report of this kind that fits, there already or still to come. */
  async first<K extends Kind>(
    kind: K,
    fits: (report: Of<K>) => boolean = () => true,
    withinMs = 10_000,
  ): Promise<Of<K>> {
    const find = (): Of<K> | undefined => this.all(kind).find(fits);
    await this.until(() => find() !== undefined, `a ${kind} report`, withinMs);
    const found = find();
    if (found === undefined) throw new Error(`no ${kind} report`);
    return found;
  }

  /** Resolves when the condition holds, looked at after each report and every 5 ms. */
  async until(holds: () => boolean, what: string, withinMs = 10_000): Promise<void> {
    const endMs = performance.now() + withinMs;
    while (!holds()) {
      if (performance.now() > endMs) {
        const told = this.reports.map((report) => JSON.stringify(report)).slice(-20);
        throw new Error(`waited ${withinMs} ms for ${what}; the last reports:\n${told.join('\n')}`);
      }
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, 5);
        this.#waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }
}
