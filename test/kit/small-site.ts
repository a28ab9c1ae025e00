import { type Site, SiteShape } from '../../src/shared/domain/site.ts';

/** A board of a small zone: its serial and the port it listens on. */
export interface SmallBoard {
  readonly serial: number;
  readonly port: number;
}

const name = (text: string) => ({ 'zh-HK': text, 'zh-CN': text, en: text });

/**
 * A zone of one area with four doors on each board: door 1 in over the first line, 2 out over it,
 * 3 in over the second line, 4 out over it.
 */
export function smallSite(
  boards: readonly SmallBoard[],
  more: Partial<Record<keyof Site, unknown>> = {},
): Site {
  const lanes = boards.flatMap(({ serial }, i) => [
    lane(`f-in-${i + 1}`, 'first-1', 'in', 'beyond-first', 'loop', serial, 1),
    lane(`f-out-${i + 1}`, 'first-1', 'out', 'loop', 'beyond-first', serial, 2),
    lane(`s-in-${i + 1}`, 'second-1', 'in', 'beyond-second', 'loop', serial, 3),
    lane(`s-out-${i + 1}`, 'second-1', 'out', 'loop', 'beyond-second', serial, 4),
  ]);
  const outline = [
    [114.07, 22.51],
    [114.09, 22.51],
    [114.08, 22.53],
  ];
  return SiteShape.parse({
    id: 'small-zone',
    version: 1,
    name: name('Small zone'),
    training: false,
    console: 'console-1',
    regime: 'cma-buffer-zone',
    areas: [
      {
        id: 'loop',
        name: name('Loop'),
        capacity: { soft: 90, hard: 100 },
        outline,
        fictional: true,
      },
    ],
    checkpoints: [
      { id: 'first-1', name: name('First'), line: 'first', position: [114.07, 22.52] },
      { id: 'second-1', name: name('Second'), line: 'second', position: [114.09, 22.52] },
    ],
    lanes,
    boards: boards.map(({ serial, port }) => ({
      serial: String(serial),
      driver: 'uhppote',
      address: '127.0.0.1',
      port,
      badgeNumbers: '26-bit',
      cardCapacity: 20_000,
    })),
    readers: [],
    // A test's machine may have a full disk, and no engine of a test needs ballast.
    disk: { lowPercent: 0, veryLowPercent: 0, ballastMegabytes: 0 },
    datasets: {
      permits: 'permits.csv',
      persons: 'persons.csv',
      'watch-list': 'watch-list.csv',
      clearances: 'clearances.csv',
    },
    centre: null,
    map: {
      centre: [114.08, 22.52],
      zoom: 14,
      water: [],
      lines: [],
      attribution: 'test',
      hosts: [],
    },
    ...more,
  });
}

function lane(
  id: string,
  checkpoint: string,
  direction: 'in' | 'out',
  from: string,
  to: string,
  board: number,
  door: number,
) {
  return {
    id,
    name: name(id),
    checkpoint,
    direction,
    from,
    to,
    takes: ['person'],
    board: String(board),
    door,
    passage: 'door',
    openS: 3,
    offline: 'deny',
    onFailure: direction === 'in' ? 'shut' : 'free',
  };
}
