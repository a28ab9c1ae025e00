import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXCEPTION_LAPSES_MS } from '../../src/main/engine/core/timing.ts';
import { SiteIndex } from '../../src/main/engine/projections/gather/site-index.ts';
import { UnderWay } from '../../src/main/engine/projections/gather/under-way.ts';
import { randomHistory } from '../kit/history.ts';
import { kitJournal } from '../kit/journal-kit.ts';
import { kitSite } from '../kit/kit-site.ts';

test('nothing is due before the moment that is told, and something is from then on', () => {
  const seen = { crossings: 0, exceptions: 0, nothing: 0 };
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const journal = kitJournal();
      const site = new SiteIndex(kitSite());
      let [boot, underWay] = ['', new UnderWay(journal.db, site, 'cma-buffer-zone', '')];
      try {
        for (const event of randomHistory(`due ${seed}`, 120)) {
          journal.write([event]);
          if (event.boot !== boot) {
            boot = event.boot;
            underWay = new UnderWay(journal.db, site, 'cma-buffer-zone', boot);
          }
          const fromMono = underWay.dueFrom(EXCEPTION_LAPSES_MS);
          if (fromMono === null) seen.nothing += 1;
          const moments = fromMono === null ? [0, 1e12] : [fromMono - 1, fromMono, 1e12];
          for (const mono of moments) {
            const crossings = underWay.due(mono).length;
            const exceptions = underWay.lapsing(mono, EXCEPTION_LAPSES_MS).length;
            seen.crossings += crossings;
            seen.exceptions += exceptions;
            expect(crossings + exceptions > 0).toBe(fromMono !== null && mono >= fromMono);
          }
        }
      } finally {
        journal.remove();
      }
    }),
    { numRuns: 3 },
  );
  // It would prove nothing if one of them had never been there.
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
});
