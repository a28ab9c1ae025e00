import { expect, test } from 'vitest';
import { siteFaults } from '../../../src/main/engine/site/check-site.ts';
import { withCargoLanes } from '../../kit/cargo-zone.ts';
import { smallSite } from '../../kit/small-site.ts';

const SITE = withCargoLanes(smallSite([{ serial: 405_419_001, port: 60_000 }]));

test('a site whose lanes take vehicles is whole with the terms of its audits', () => {
  expect(siteFaults(SITE)).toEqual([]);
  const { goods: _terms, ...without } = SITE;
  const faults = siteFaults(without);
  expect(faults).toHaveLength(2);
  expect(faults[0]).toMatchObject({ path: 'goods' });
  expect(faults[0]?.text).toContain('see lane f-in-1');
});

test('no board may open a lane for vehicles by the driver’s badge alone', () => {
  const lanes = SITE.lanes.map((lane) => ({ ...lane, offline: 'roster' as const }));
  const faults = siteFaults({ ...SITE, lanes });
  expect(faults.map(({ path }) => path)).toEqual([
    'lanes[0] (f-in-1).offline',
    'lanes[1] (f-out-1).offline',
  ]);
});
