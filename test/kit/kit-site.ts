import type { Site, SiteLane } from '../../src/shared/domain/site.ts';
import { smallSite } from './small-site.ts';

const text = (hk: string, en: string) => ({ 'zh-HK': hk, 'zh-CN': hk, en });
const BOARDS = ['423100001', '423100002'] as const;

const outline = [
  [114.07, 22.51],
  [114.09, 22.51],
  [114.08, 22.53],
];

function area(id: string, hk: string, en: string) {
  return { id, name: text(hk, en), capacity: { soft: 40, hard: 60 }, outline, fictional: true };
}

function lane(
  n: number,
  checkpoint: string,
  direction: SiteLane['direction'],
  from: string,
  to: string,
) {
  return {
    id: `lane-${n}`,
    name: text(`${n}號通道`, `Lane ${n}`),
    checkpoint,
    direction,
    from,
    to,
    takes: ['person'],
    board: BOARDS[Math.floor((n - 1) / 4)],
    door: ((n - 1) % 4) + 1,
    passage: 'door',
    openS: 3,
    offline: 'deny',
    onFailure: 'shut',
  };
}

/** Two areas with an inner passage between them, both lines, eight lanes on two boards. */
export function kitSite(more: Partial<Record<keyof Site, unknown>> = {}): Site {
  return smallSite(
    BOARDS.map((serial, n) => ({ serial: Number(serial), port: 60_001 + n })),
    {
      id: 'kit-zone',
      name: text('測試區', 'Kit zone'),
      areas: [area('loop', '河套', 'The Loop'), area('san-tin', '新田', 'San Tin')],
      checkpoints: [
        { id: 'first-1', name: text('一線口岸', 'First'), line: 'first', position: [114, 22.5] },
        { id: 'second-1', name: text('二線口岸', 'Second'), line: 'second', position: [114, 22.5] },
        { id: 'inner-1', name: text('區內通道', 'Inner'), line: 'inner', position: [114, 22.5] },
      ],
      lanes: [
        lane(1, 'first-1', 'in', 'beyond-first', 'loop'),
        lane(2, 'first-1', 'out', 'loop', 'beyond-first'),
        lane(3, 'second-1', 'in', 'beyond-second', 'loop'),
        lane(4, 'second-1', 'out', 'loop', 'beyond-second'),
        lane(5, 'second-1', 'in', 'beyond-second', 'san-tin'),
        lane(6, 'second-1', 'out', 'san-tin', 'beyond-second'),
        lane(7, 'inner-1', 'across', 'loop', 'san-tin'),
        lane(8, 'inner-1', 'across', 'san-tin', 'loop'),
      ],
      datasets: {},
      ...more,
    },
  );
}
