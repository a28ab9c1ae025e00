import { afterEach, describe } from 'vitest';
import { Bench, type MakeLink, RawPeer, Screen } from './transport-bench.ts';
import { callTests } from './transport-calls.ts';
import { linkTests } from './transport-links.ts';
import { watchTests } from './transport-watches.ts';
import { until } from './waiting.ts';

/** Every carrier passes this; `kind` names it in the tests' names. */
export function transportContract(kind: string, make: MakeLink): void {
  describe(`three verbs over ${kind}`, () => {
    let bench: Bench;
    const started = async (): Promise<Bench> => {
      bench = new Bench();
      await bench.start(make);
      await bench.connectClient();
      return bench;
    };
    const raw = async (): Promise<RawPeer> => {
      bench = new Bench();
      await bench.start(make);
      const peer = new RawPeer(await bench.link.connect());
      await until('hello', () => peer.of('hello').length === 1);
      return peer;
    };
    const watching = async (slow = false): Promise<Screen> => {
      const screen = new Screen();
      screen.slow = slow;
      bench.client.watch('lanes', {}, screen);
      const before = bench.backend.watches.length;
      await until('the watch', () => bench.backend.watches.length > before);
      return screen;
    };
    const sink = () => bench.backend.watches.at(-1)!.sink;
    afterEach(async () => {
      await bench.close();
    });

    callTests({ started, raw, bench: () => bench });
    watchTests({ started, raw, watching, sink, bench: () => bench });
    linkTests({ started, raw, watching, sink, bench: () => bench });
  });
}
