import { afterAll, beforeAll, vi } from 'vitest';
import type { EngineSupervisor } from '../../src/main/launch/engine-supervisor.ts';
import { mainPortCarrier } from '../../src/main/launch/main-port-carrier.ts';
import type { MainPort } from '../../src/main/launch/parent-link.ts';
import type { ConsoleWindow } from '../../src/main/shell/console-windows.ts';
import { serveLivePorts } from '../../src/main/shell/live-ports.ts';
import type { Carrier } from '../../src/shared/contract/transport/carrier.ts';
import { PageLink } from '../kit/electron-double/page-link.ts';
import { transportContract } from '../kit/transport-contract.ts';

vi.mock('electron', () => import('../kit/electron-double/electron.ts'));

/** The engine's end of what the shell hands over; each test puts its own in. */
let accept: (carrier: Carrier) => void = () => {};
let page: PageLink;

beforeAll(async () => {
  const supervisor = {
    state: 'ready',
    send: (_message: unknown, ports: readonly unknown[]) =>
      accept(mainPortCarrier(ports[0] as MainPort)),
  };
  const windows = { ofSender: () => ({ workstation: 'w' }) as ConsoleWindow };
  serveLivePorts(windows, supervisor as unknown as EngineSupervisor);
  page = await PageLink.start();
});
afterAll(async () => {
  await page.stop();
});

transportContract("a window's port, from its preload through the shell", (acceptOf) => {
  accept = acceptOf;
  return Promise.resolve({ connect: () => page.connect(), close: () => Promise.resolve() });
});
