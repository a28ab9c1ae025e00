/** The wires: a converter on the network, a serial port; what is said where one cannot be had. */
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SerialPort } from 'serialport';
import { expect, onTestFinished, test } from 'vitest';
import { createOsdpBoards } from '../../src/main/engine/devices/osdp/boards.ts';
import { openWire } from '../../src/main/engine/devices/osdp/transport.ts';
import type { BoardId } from '../../src/shared/domain/ids.ts';
import type { SiteOsdpLine } from '../../src/shared/domain/site-board.ts';
import { TrainingDevice } from '../../src/training/osdp/training-device.ts';
import { TrainingLine } from '../../src/training/osdp/training-line.ts';
import { RecordingSink } from '../kit/gate-sink.ts';
import { badgeBits, quickOsdp } from '../kit/osdp-zone.ts';
import { realClock } from '../kit/real-clock.ts';
import { noSerialPair, serialPair } from '../kit/serial-pair.ts';
import { until } from '../kit/waiting.ts';

const silent = { onBytes: () => {}, onEnd: () => {} };

/** The driver with one device on a line. */
async function boardOn(line: SiteOsdpLine, timing = quickOsdp) {
  const sink = new RecordingSink();
  const [board] = createOsdpBoards({
    setUps: [
      {
        ...{ board: 'gate' as BoardId, line, pd: 5, channel: { key: 'none' }, inputs: [] },
        doors: [{ door: 1, openS: 1, passage: 'relay', direction: 'in', output: 0, reader: 0 }],
        ...{ badges: {}, lastIndex: 0, gaps: [] },
      },
    ],
    deps: { clock: realClock(), sink },
    timing,
  });
  await board?.start();
  onTestFinished(async () => board?.stop());
  return sink;
}

test('a device on a serial port reads; one that falls silent is told of', async ({ skip }) => {
  const missing = noSerialPair();
  if (missing !== null) skip(missing);
  const { ours, theirs } = await serialPair();
  const device = new TrainingDevice({ address: 5, wallMs: () => Date.now() });
  const line = new TrainingLine({ devices: [device] });
  const port = new SerialPort({ path: theirs, baudRate: 9600 });
  line.attach(port);
  const sink = await boardOn({ path: ours, baudRate: 9600 });
  expect(await sink.first('board-state')).toMatchObject({ online: true, version: '2.1.7' });
  device.hold(badgeBits(123, 4567));
  expect((await sink.first('swipe')).credential).toBe('h10301/123/4567');
  device.powerCut();
  const away = await sink.first('board-state', ({ online }) => !online);
  expect(away.text).toContain(`device 5 on ${ours}: no answer`);
  await new Promise<void>((resolve) => port.close(() => resolve()));
  device.stop();
});

test('a serial port that is not there is named, with what shows those that are', async () => {
  const line = { path: '/dev/ttyUSB-none', baudRate: 9600 } as const;
  const opened = await openWire(line, silent, quickOsdp);
  expect(opened).toMatchObject({ ok: false, fault: { code: 'no-line', where: line.path } });
  expect(opened.ok ? '' : opened.fault.text).toContain('ls /dev/serial/by-id');
  const file = await openWire({ ...line, path: '/dev/null' }, silent, quickOsdp);
  expect(file.ok ? '' : file.fault.text).toContain('/dev/null cannot be opened');
});

test('a converter that does not listen, and one that says nothing', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const place = { address: '127.0.0.1', port };
  let connections = 0;
  server.on('connection', (socket) => {
    connections += 1;
    socket.on('error', () => {});
    socket.resume();
  });
  const sink = await boardOn(place, { ...quickOsdp, deafAfterMs: 200 });
  await sink.first('board-state', ({ text }) => text?.includes('no answer') === true);
  // A wire on which nothing ever comes is made anew: the converter may have forgotten it.
  await sink.until(() => connections > 1, 'a second connection');
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    setTimeout(resolve, 500);
  });
  const refused = await openWire(place, silent, quickOsdp);
  expect(refused).toMatchObject({ ok: false, fault: { code: 'no-line' } });
  expect(refused.ok ? '' : refused.fault.text).toMatch(/cannot be reached .*see the converter/);
});

test('a line that works is never taken for dead', async () => {
  const device = new TrainingDevice({ address: 5, wallMs: () => Date.now() });
  const line = new TrainingLine({ devices: [device] });
  onTestFinished(() => line.close());
  const sink = await boardOn(await line.listen(), { ...quickOsdp, deafAfterMs: 100 });
  await sink.first('board-state', ({ online }) => online);
  const polls = device.received('poll');
  await until('many questions', () => device.received('poll') > polls + 60);
  expect(line.connections()).toBe(1);
});

test('the device to practise with is one that the console can drive', async () => {
  const file = join(import.meta.dirname, '../../src/training/osdp/virtual-device.ts');
  const program = spawn(process.execPath, [file, '0', '5'], { stdio: ['pipe', 'pipe', 'inherit'] });
  onTestFinished(() => void program.kill());
  const said: Record<string, unknown>[] = [];
  createInterface({ input: program.stdout }).on('line', (text) => said.push(JSON.parse(text)));
  await until('it to listen', () => said.length > 0, 20_000);
  const sink = await boardOn(said[0] as { address: string; port: number });
  await sink.first('board-state', ({ online }) => online);
  program.stdin.write('hold 123 4567\nask\n');
  expect((await sink.first('swipe')).credential).toBe('h10301/123/4567');
  await until('its answer', () => said.length > 1);
  expect(said[1]).toEqual({ openings: 0, colour: null, text: '', secure: false });
});
