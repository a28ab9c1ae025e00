import type { GateReport } from '../../../shared/domain/device-report.ts';
import { assertNever } from '../../../shared/lib/assert.ts';
import type { Input } from '../core/input.ts';
import type { IntakeLane } from './queue.ts';

/** Which lane an input waits in: safety, what is live, people's commands, all the rest. */
export function laneOf(input: Input): IntakeLane {
  switch (input.kind) {
    case 'board':
      return laneOfReport(input.report);
    case 'reader':
      return 'live';
    case 'request':
    case 'regime-draft':
    case 'dataset':
    case 'sales':
    case 'paper':
      return 'command';
    case 'started':
      return 'safety';
    case 'due':
    case 'retention':
      return 'bulk';
    case 'noted':
      // A revocation may not wait behind a board's backlog.
      return input.events.some(({ kind }) => kind === 'dataset.in-force') ? 'command' : 'bulk';
    default:
      return assertNever(input, 'input');
  }
}

function laneOfReport(report: GateReport): IntakeLane {
  switch (report.kind) {
    case 'alarm':
      return report.delivery === 'backlog' ? 'bulk' : 'safety';
    case 'input-levels':
      return 'safety';
    case 'door':
      if (report.delivery === 'backlog') return 'bulk';
      return report.state === 'forced' ? 'safety' : 'live';
    case 'swipe':
    case 'remote-open':
    case 'button':
      return report.delivery === 'backlog' ? 'bulk' : 'live';
    case 'command':
      return 'live';
    default:
      // Gaps and losses must be durable before the events behind them: same lane as those.
      return report.kind === 'gap' || report.kind === 'lost' ? 'live' : 'command';
  }
}
