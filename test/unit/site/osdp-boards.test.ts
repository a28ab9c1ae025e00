/** What the parts of OSDP devices must be to each other in a site file. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadSite } from '../../../src/main/engine/site/load-site.ts';
import { resourcesDir } from '../../../src/main/engine/site/resources.ts';
import { kitSite } from '../../kit/kit-site.ts';

interface Device {
  serial: string;
  line: Record<string, unknown>;
  pd: number;
  channel: Record<string, unknown>;
  doors: { door: number; output: number; reader: number }[];
  inputs: Record<string, unknown>[];
}

interface Draft {
  readonly lanes: Record<string, unknown>[];
  readonly boards: unknown[];
  training: unknown;
}

const onNetwork = { address: '127.0.0.1', port: 4001 };

function device(serial: string, pd: number): Device & { driver: 'osdp' } {
  return {
    serial,
    driver: 'osdp',
    line: onNetwork,
    pd,
    channel: { key: 'none' },
    doors: [
      { door: 1, output: 0, reader: 0 },
      { door: 2, output: 1, reader: 1 },
    ],
    inputs: [
      { input: 0, tells: 'contact', door: 1, inverted: true },
      { input: 1, tells: 'passage', door: 2 },
      { input: 2, tells: 'emergency' },
    ],
  };
}

/** The kit's site with its first two lanes on an OSDP device, beside another one on the line. */
function load(
  change: (one: Device, other: Device, site: Draft) => void = () => {},
  dir = folder(),
) {
  const site = JSON.parse(JSON.stringify(kitSite())) as Draft;
  const [one, other] = [device('gate-1', 5), device('gate-2', 6)];
  site.boards.push(one, other);
  for (const [i, lane] of site.lanes.slice(0, 2).entries()) {
    Object.assign(lane, { board: 'gate-1', door: i + 1, passage: i === 0 ? 'door' : 'sensor' });
  }
  change(one, other, site);
  const path = join(dir, 'site.json');
  writeFileSync(path, JSON.stringify(site));
  return loadSite(path, resourcesDir());
}

function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), 'twoline-osdp-site-'));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

test('two devices on one line beside UHPPOTE boards are a sound site', () => {
  const loaded = load();
  expect(loaded.ok ? '' : loaded.fault.text).toBe('');
});

test('a key file is named by its whole path, and missed where there is none', () => {
  const dir = folder();
  const channel = { key: 'file', keyFile: 'gate-1.key' };
  const change = (one: Device) => void Object.assign(one, { channel });
  const missing = load(change, dir);
  expect(missing.ok ? '' : missing.fault.text).toMatch(
    /\(gate-1\)\.channel\.keyFile: there is no file gate-1\.key: .*openssl rand -hex 16/,
  );
  writeFileSync(join(dir, 'gate-1.key'), '00'.repeat(16));
  const loaded = load(change, dir);
  if (!loaded.ok) throw new Error(loaded.fault.text);
  const found = loaded.value.site.boards.find(({ serial }) => serial === 'gate-1');
  expect(found).toMatchObject({ channel: { keyFile: join(dir, 'gate-1.key') } });
});

const serialLine = (baudRate: number) => ({ path: '/dev/ttyUSB0', baudRate });

const FAULTS: readonly [string, Parameters<typeof load>[0], RegExp][] = [
  ['one address for two devices', (_, two) => (two.pd = 5), /device 5 on 127\.0\.0\.1:4001 stands/],
  [
    'two speeds on one line',
    (one, two) => {
      one.line = serialLine(19_200);
      two.line = serialLine(9600);
    },
    /\(gate-1\)\.line\.baudRate: board gate-2 on \/dev\/ttyUSB0 has another/,
  ],
  ['a speed that is none', (one) => (one.line = serialLine(1234)), /boards\[\d\]\.line/],
  ['a door twice', (one) => (one.doors[1]!.door = 1), /doors\[1\]: door 1 stands at/],
  ['an output twice', (one) => (one.doors[1]!.output = 0), /doors\[1\]: output 0 stands at/],
  ['a reader twice', (one) => (one.doors[1]!.reader = 0), /doors\[1\]: reader 0 stands at/],
  ['an input twice', (one) => (one.inputs[1]!.input = 0), /inputs\[1\]: input 0 stands at/],
  [
    'an input of no door',
    (one) => (one.inputs[0]!.door = 4),
    /inputs\[0\]\.door: there is no door 4/,
  ],
  ['a lane through no door', (one) => one.doors.pop(), /doors: lane lane-2 leads through door 2/],
  [
    'a passage that nothing tells',
    (one) => (one.inputs[1]!.tells = 'contact'),
    /inputs: lane lane-2 is passed by its sensor: name the input that tells "passage"/,
  ],
  [
    'a leaf that nothing tells of',
    (one) => one.inputs.shift(),
    /inputs: lane lane-1 is passed by its door: name the input that tells "contact"/,
  ],
  ['nobody’s address', (one) => (one.line = { ...onNetwork, address: '0.0.0.0' }), /line\.address/],
  [
    'a training site with a real line',
    (one, _, site) => {
      site.training = { clock: { address: '127.0.0.1', port: 9 } };
      one.line = serialLine(9600);
    },
    /\(gate-1\)\.line: device 5 on \/dev\/ttyUSB0 may be a real board/,
  ],
];

test.each(FAULTS)('%s is named by its path, with what to do', (_name, change, told) => {
  const loaded = load(change);
  expect(loaded.ok ? 'ok' : loaded.fault.code).toBe('site-invalid');
  expect(loaded.ok ? '' : loaded.fault.text).toMatch(told);
});
