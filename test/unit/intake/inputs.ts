import type {
  BoardInput,
  Input,
  NotedInput,
  RequestInput,
} from '../../../src/main/engine/core/input.ts';
import type { GateReport } from '../../../src/shared/domain/device-report.ts';
import { incidentId } from '../../../src/shared/domain/ids.ts';
import { alarm, door, swipe } from '../core/core-facts.ts';

export function heard(report: GateReport): BoardInput {
  return { kind: 'board', report, receivedMono: 0 };
}

/** Inputs that wait in each lane, told apart by their index. */
export const inLane = {
  safety: (index: number) => heard(alarm('fire', { index })),
  live: (index: number) => heard(swipe({ index })),
  command: (index: number): RequestInput => ({
    kind: 'request',
    name: 'incident.acknowledge',
    input: { incident: incidentId(1, index) },
    actor: { type: 'person', user: 'u-1', role: 'operator', workstation: 'w-1' },
    role: 'operator',
    text: null,
  }),
  bulk: (index: number) => heard(door('closed', { index, delivery: 'backlog' })),
} as const;

export function noted(who: 'console' | 'person'): NotedInput {
  const data = { why: 'asked to stop' };
  const person = { type: 'person', user: 'u-1', role: 'operator', workstation: 'w-1' } as const;
  return {
    kind: 'noted',
    events: [{ kind: 'engine.stopped', data }],
    actor: who === 'console' ? { type: 'console' } : person,
  };
}

/** How a test names an input it gave: lane and index, or its kind. */
export function nameOf(input: Input): string {
  if (input.kind === 'request' && input.name === 'incident.acknowledge') {
    return `command ${input.input.incident.slice(3)}`;
  }
  if (input.kind !== 'board' || !('index' in input.report)) return input.kind;
  const { report } = input;
  if (report.kind === 'alarm') return `safety ${report.index}`;
  if (report.kind === 'swipe') return `live ${report.index}`;
  const isLate = report.kind === 'door' && report.delivery === 'backlog';
  return isLate ? `bulk ${report.index}` : `follow-up ${report.index}`;
}
