import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadSite, readSite } from '../../../src/main/engine/site/load-site.ts';
import { resourcesDir } from '../../../src/main/engine/site/resources.ts';
import { kitSite } from '../../kit/kit-site.ts';

type Parts = Record<string, unknown>[];

/** A site file as somebody may write it, valid or not. */
interface Draft {
  readonly areas: { id: string; capacity: { soft: number; hard: number } }[];
  readonly checkpoints: { id: string; line: string }[];
  readonly lanes: Parts;
  readonly boards: Parts;
  readonly readers: Parts;
  readonly datasets: Record<string, string>;
  centre: unknown;
  training: unknown;
  discovery?: unknown;
}
type Change = (site: Draft) => void;

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-site-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

function written(content: string, dir = folder()): string {
  const path = join(dir, 'site.json');
  writeFileSync(path, content);
  return path;
}

/** What loading says of the kit's site after a change. */
function faultOf(change: Change): { code: string; text: string } {
  const draft = JSON.parse(JSON.stringify(kitSite())) as Draft;
  change(draft);
  const path = written(JSON.stringify(draft));
  const loaded = loadSite(path, resourcesDir());
  if (loaded.ok) return { code: 'ok', text: '' };
  if (loaded.fault.code === 'site-invalid') expect(loaded.fault.where).toBe(path);
  return loaded.fault;
}

test('a sound site comes with its regime, the hashes of both files and its folder', () => {
  const dir = folder();
  const text = JSON.stringify(kitSite());
  const loaded = loadSite(written(`\uFEFF${text}`, dir), resourcesDir());
  if (!loaded.ok) throw new Error(loaded.fault.text);
  expect(loaded.value.site).toEqual(kitSite());
  expect(loaded.value.regime.id).toBe('cma-buffer-zone');
  expect(loaded.value.dir).toBe(dir);
  expect(loaded.value.siteHash).toMatch(/^[0-9a-f]{64}$/);
  expect(loaded.value.regimeHash).not.toBe(loaded.value.siteHash);
});

const centre = { host: 'centre.example', port: 5432, database: 'twoline', user: 'console-1' };
const reader = { id: 'desk-1', driver: 'pcprox', use: 'desk' };
const typing = {
  ...{ id: 'desk-1', driver: 'wedge', use: 'desk', vendor: '076b', product: '5127' },
  badge: { as: 'filler-hex' },
};

/** Time profiles of these numbers, all for door 1. */
function profiles(numbers: readonly number[], otherwise?: number) {
  const hours = [{ from: '08:00', to: '17:00' }];
  const one = { doors: [1], from: '2026-01-01', to: '2026-12-31', days: [1], hours, otherwise };
  return { timeProfiles: numbers.map((profile) => ({ ...one, profile })) };
}

const FAULTS: readonly [string, Change, RegExp][] = [
  ['an area twice', (s) => s.areas.push(s.areas[0]!), /areas\[2\]: loop stands at areas\[0\]/],
  [
    'a checkpoint twice',
    (s) => s.checkpoints.push(s.checkpoints[1]!),
    /checkpoints\[3\]: second-1/,
  ],
  ['a lane twice', (s) => (s.lanes[3]!.id = 'lane-1'), /lanes\[3\]: lane-1 stands at lanes\[0\]/],
  ['a board twice', (s) => s.boards.push(s.boards[0]!), /boards\[2\]: serial 423100001/],
  ['an address twice', (s) => (s.boards[1]!.port = 60_001), /address 127\.0\.0\.1:60001 stands at/],
  ['a reader twice', (s) => s.readers.push(reader, reader), /readers\[1\]: desk-1/],
  [
    'a reader at a lane that is not there',
    (s) => s.readers.push({ ...reader, use: 'lane', lane: 'lane-77' }),
    /readers\[0\] \(desk-1\)\.lane: there is no lane lane-77/,
  ],
  ['a reader at no lane', (s) => s.readers.push({ ...reader, use: 'lane' }), /name the lane/],
  [
    'a desk with a lane',
    (s) => s.readers.push({ ...reader, lane: 'lane-1' }),
    /a reader at a desk stands at no lane/,
  ],
  [
    'two readers that could be one device',
    (s) => s.readers.push({ ...reader, serial: 'A' }, { ...reader, id: 'desk-2' }),
    /readers\[1\] \(desk-2\)\.serial: could be the device of desk-1 too/,
  ],
  [
    'two readers of one model and one serial number',
    (s) => s.readers.push({ ...typing }, { ...typing, id: 'desk-2' }),
    /could be the device of desk-1 too/,
  ],
  [
    'a keyboard that is not named',
    (s) => s.readers.push({ ...typing, vendor: undefined }),
    /vendor/,
  ],
  [
    'a stripe of any length',
    (s) => s.readers.push({ ...reader, driver: 'magstripe', badge: { as: 'decimal' } }),
    /length/,
  ],
  ...(
    [
      [{ as: 'card', format: 'h10301' }, /h10301 needs "facility"/],
      [{ as: 'card', format: 'h10302', facility: 1 }, /h10302 has no "facility"/],
      [{ as: 'facility-card', format: 'h10302', separator: ':' }, /use "card"/],
      [{ as: 'facility-card', format: 'h10301' }, /either "separator" or "facilityDigits"/],
      [{ as: 'roman' }, /badge/],
    ] as const
  ).map(([badge, text]): [string, Change, RegExp] => [
    `a badge text of ${JSON.stringify(badge)}`,
    (s) => s.readers.push({ ...typing, badge }),
    text,
  ]),
  ['two lanes at one door', (s) => (s.lanes[1]!.door = 1), /lanes\[1\]: door 1 of board 423100001/],
  ['an area that is a place outside', (s) => (s.areas[1]!.id = 'beyond-first'), /choose another/],
  ['a warning above the limit', (s) => (s.areas[0]!.capacity.soft = 99), /capacity: .*99.*lower/],
  [
    'no such checkpoint',
    (s) => (s.lanes[0]!.checkpoint = 'x'),
    /lanes\[0\] \(lane-1\)\.checkpoint/,
  ],
  ['no such board', (s) => (s.lanes[0]!.board = '7'), /\.board: there is no board 7/],
  ['no such area', (s) => (s.lanes[0]!.to = 'loops'), /\.to: there is no area loops/],
  ['in, from an area', (s) => (s.lanes[0]!.from = 'san-tin'), /"in" goes from beyond-first to/],
  ['in, to outside', (s) => (s.lanes[0]!.to = 'beyond-second'), /direction: over the first line/],
  ['out over the wrong line', (s) => (s.lanes[1]!.to = 'beyond-second'), /to beyond-first/],
  ['a way that is turned about', (s) => (s.lanes[0]!.direction = 'out'), /"out" goes from an area/],
  ['across over a line', (s) => (s.lanes[2]!.direction = 'across'), /"across" is for inner/],
  ['in at an inner passage', (s) => (s.lanes[6]!.direction = 'in'), /inner passage goes "across"/],
  ['an inner passage to itself', (s) => (s.lanes[6]!.to = 'loop'), /from one area to another/],
  ['a kind named twice', (s) => (s.lanes[0]!.takes = ['person', 'person']), /takes: name each/],
  ['nobody’s address', (s) => (s.boards[0]!.address = '0.0.0.0'), /\(423100001\)\.address/],
  [
    'a dataset that is not there',
    (s) => (s.datasets.permits = 'p.csv'),
    /datasets\.permits: .*p\.csv/,
  ],
  [
    'a real centre with a password',
    (s) => (s.centre = { ...centre, certificates: 'own', password: 'x' }),
    /centre\.password: .*certificate/,
  ],
  [
    'a real centre without certificates',
    (s) => (s.centre = centre),
    /centre\.certificates: .*over TLS only/,
  ],
  [
    'a centre with less than the full check',
    (s) => (s.centre = { ...centre, certificates: 'own', sslmode: 'require' }),
    /centre: .*sslmode/,
  ],
  [
    'a centre with no check',
    (s) => (s.centre = { ...centre, certificates: 'own', ssl: { rejectUnauthorized: false } }),
    /centre: .*ssl/,
  ],
  [
    'a training site with a real board',
    (s) => {
      s.training = { clock: { address: '127.0.0.1', port: 9 } };
      s.boards[1]!.address = '10.1.2.3';
    },
    /boards\[1\] \(423100002\)\.address: 10\.1\.2\.3 may be a real board: .*built-in users/,
  ],
  [
    'a training site whose clock is elsewhere',
    (s) => (s.training = { clock: { address: '10.1.2.3', port: 9 } }),
    /training\.clock\.address: 10\.1\.2\.3 is not this machine/,
  ],
  [
    'a training site that asks the network for boards',
    (s) => {
      s.training = { clock: { address: '127.0.0.1', port: 9 } };
      s.discovery = { address: '255.255.255.255', port: 60_000 };
    },
    /discovery\.address: 255\.255\.255\.255 is not this machine/,
  ],
  [
    'a door in two time profiles',
    (s) => (s.boards[0]!.settings = profiles([2, 3])),
    /stands twice/,
  ],
  [
    'a time profile that leads nowhere',
    (s) => (s.boards[0]!.settings = profiles([2], 9)),
    /settings\.timeProfiles: .*leads nowhere/,
  ],
  ['a code', (s) => (s.boards[0]!.settings = { codes: [1234] }), /settings\.codes/],
  ['a field that is not known', (s) => (s.lanes[0]!.speed = 3), /lanes\[0\]: .*speed/],
  ['a port that cannot be', (s) => (s.boards[0]!.port = 70_000), /boards\[0\]\.port/],
];

test.each(FAULTS)('%s is named by its path, with what to do', (_name, change, told) => {
  const fault = faultOf(change);
  expect(fault.code).toBe('site-invalid');
  expect(fault.text).toMatch(told);
});

test('readers of several kinds, and two alike with serial numbers, are sound', () => {
  const change: Change = (s) => {
    s.readers.push({ ...reader, serial: 'A' }, { ...reader, id: 'desk-2', serial: 'B' });
    s.readers.push({ ...typing, id: 'desk-3' }, { ...typing, id: 'desk-4', product: '5427' });
    s.readers.push({ id: 'desk-5', driver: 'scanner', use: 'desk' });
    const badge = { as: 'facility-card', format: 'h10301', facilityDigits: 3 };
    s.readers.push({ id: 'desk-6', driver: 'magstripe', use: 'desk', badge, length: 8 });
  };
  expect(faultOf(change)).toEqual({ code: 'ok', text: '' });
});

test('all faults are told at once, up to twenty', () => {
  const { text } = faultOf((site) => {
    for (const lane of site.lanes)
      Object.assign(lane, { to: 'nowhere', from: 'nowhere', board: '7' });
  });
  expect(text.split('; ')).toHaveLength(21);
  expect(text).toMatch(/and \d+ more$/);
});

test('a training centre may have its password, and a real centre a certificate', () => {
  const clock = { address: '127.0.0.1', port: 9 };
  const training: Change = (site) => {
    Object.assign(site, { training: { clock }, centre: { ...centre, password: 'x' } });
  };
  const real: Change = (site) => {
    site.centre = { ...centre, certificates: 'own' };
  };
  expect(faultOf(training).code).toBe('ok');
  expect(faultOf(real).code).toBe('ok');
});

test('faults of the regime are told with its own file', () => {
  const dir = folder();
  mkdirSync(join(dir, 'rules'));
  const named = (regime: string) => written(JSON.stringify(kitSite({ regime })), dir);
  expect(loadSite(named('no-such-regime'), resourcesDir())).toMatchObject({
    fault: { code: 'regime-unreadable', where: expect.stringContaining('no-such-regime.json') },
  });
  const own = join(dir, 'rules', 'own.json');
  writeFileSync(own, '{"id": "own", ');
  expect(loadSite(named('rules/own.json'), resourcesDir())).toMatchObject({
    fault: { code: 'regime-not-json', where: own },
  });
  writeFileSync(own, '{}');
  expect(loadSite(named('rules/own.json'), resourcesDir())).toMatchObject({
    fault: { code: 'regime-invalid', where: own },
  });
});

test.each([
  ['nothing', '', 'site-not-json'],
  ['half a file', JSON.stringify(kitSite()).slice(0, 900), 'site-not-json'],
  ['bytes', '\u0000\u0001\u0002', 'site-not-json'],
  ['a list', '[]', 'site-invalid'],
  ['null', 'null', 'site-invalid'],
  ['another program’s settings', '{"compilerOptions":{}}', 'site-invalid'],
  ['too much', `{"x":"${'y'.repeat(4_000_001)}"}`, 'site-unreadable'],
])('%s is no site file', (_name, content, code) => {
  const path = written(content);
  expect(loadSite(path, resourcesDir())).toMatchObject({ fault: { code, where: path } });
  expect(readSite(path)).toMatchObject({ fault: { code } });
});

test('a file that is not there, or a folder in its place', () => {
  const dir = folder();
  for (const path of [join(dir, 'none.json'), dir]) {
    expect(loadSite(path, resourcesDir())).toMatchObject({ fault: { code: 'site-unreadable' } });
  }
});

test('a lane that does not say what it does alone lets nobody in and keeps nobody in', () => {
  const draft = JSON.parse(JSON.stringify(kitSite())) as Draft;
  for (const lane of draft.lanes) {
    delete lane.offline;
    delete lane.onFailure;
  }
  const loaded = loadSite(written(JSON.stringify(draft)), resourcesDir());
  if (!loaded.ok) throw new Error(loaded.fault.text);
  const seen = new Set<string>();
  for (const { direction, offline, onFailure } of loaded.value.site.lanes) {
    const wanted = direction === 'out' ? ['roster', 'free'] : ['deny', 'shut'];
    expect([offline, onFailure], direction).toEqual(wanted);
    seen.add(direction);
  }
  expect([...seen].sort()).toEqual(['across', 'in', 'out']);
  Object.assign(draft.lanes[0]!, { offline: 'roster', onFailure: 'free' });
  const said = loadSite(written(JSON.stringify(draft)), resourcesDir());
  expect(said.ok && said.value.site.lanes[0]).toMatchObject({
    offline: 'roster',
    onFailure: 'free',
  });
});
