import type { Credential } from '../../../shared/domain/credential.ts';
import type {
  BoardEvent,
  GateReport,
  ReaderCode,
  ReaderRead,
  SwipeEvent,
} from '../../../shared/domain/device-report.ts';
import type { PersonId } from '../../../shared/domain/ids.ts';
import { codeCredential } from '../../../shared/domain/qr-permit.ts';
import type { Sale } from '../../../shared/domain/sale.ts';
import type { Actor } from '../../../shared/journal/envelope.ts';
import { assertNever } from '../../../shared/lib/assert.ts';
import type { Result } from '../../../shared/lib/result.ts';
import type { EventList, Moment } from './event-list.ts';
import type {
  BoardEventFacts,
  BoardReportFacts,
  DueFacts,
  LaneFacts,
  MusterRead,
  NotedFacts,
  PaperFacts,
  ProgressFacts,
  RequestFacts,
  StartedFacts,
  SwipeFacts,
} from './facts.ts';
import type { SaleFacts } from './goods-facts.ts';
import type { Input, PaperInput, ReaderInput, RequestInput } from './input.ts';
import type { RegimeNow } from './regime-facts.ts';
import { decideBoardEvent } from './rules/board-event.ts';
import { decideBoardReport } from './rules/board-report.ts';
import { decideProgress } from './rules/command-progress.ts';
import { decideDataset } from './rules/dataset-taken.ts';
import { decideDue } from './rules/due.ts';
import { decideNoted } from './rules/noted.ts';
import { decidePaper } from './rules/paper.ts';
import { decideReader } from './rules/reader.ts';
import { decideDraft } from './rules/regime-change.ts';
import { decideRequest, type RequestDecision } from './rules/request.ts';
import { decideRetention } from './rules/retention.ts';
import { decideSales } from './rules/sales.ts';
import { decideStarted } from './rules/started.ts';
import { decideSwipe } from './rules/swipe.ts';
import { judgedAtMs } from './timing.ts';

/** A lane that a reader of the console's own stands at, and which way they go who badge there. */
export interface ReaderPlace extends LaneFacts {
  readonly readerDirection: 'in' | 'out';
}

/** What facts each input needs; gathered before anything is decided. */
export interface FactSource {
  swipe(swipe: SwipeEvent, moment: Moment): SwipeFacts;
  boardEvent(event: BoardEvent, moment: Moment): BoardEventFacts;
  progress(command: string): ProgressFacts;
  boardReport(board: string): BoardReportFacts;
  /** By the monotonic clock; for day returns and goods on the calendar. */
  due(monoMs: number, wallMs: number): DueFacts;
  started(): StartedFacts;
  noted(): NotedFacts;
  request(input: RequestInput, moment: Moment): RequestFacts;
  regimeNow(moment: Moment): RegimeNow;
  paper(input: PaperInput, moment: Moment): PaperFacts;
  /** What each of some sales is held against. */
  sales(sales: readonly Sale[]): readonly SaleFacts[];
  /** Who holds a badge that was read at a desk. */
  readerRead(credential: string): { readonly person: PersonId } | null;
  /** The lane that a reader stands at; null for one at a desk. */
  readerLane(reader: string): ReaderPlace | null;
  /** What a read at a muster point finds; null for a reader that stands at none. */
  musterRead(reader: string, person: string | null): MusterRead | null;
}

/** What a decision says: events in order, the asker's answer, the typed text to keep. */
export interface Decision {
  readonly list: EventList;
  readonly actor: Actor;
  readonly answer: Result<unknown> | null;
  readonly text: RequestDecision['text'];
}

const CONSOLE: Actor = { type: 'console' };

/** Facts → decision, for every kind of input: gathers through `facts`, then decides purely. */
export function decide(facts: FactSource, input: Input, moment: Moment): Decision {
  switch (input.kind) {
    case 'board': {
      const queuedMs = moment.monoMs - input.receivedMono;
      const list = decideReport(facts, input.report, queuedMs, moment);
      return { list, actor: deviceActor(input.report.board), answer: null, text: null };
    }
    case 'reader':
      return decideReaderReport(facts, input, moment);
    case 'request': {
      const decided = decideRequest(facts.request(input, moment), input, moment);
      return { ...decided, actor: input.actor };
    }
    case 'regime-draft': {
      const decided = decideDraft(facts.regimeNow(moment), input, moment);
      return { ...decided, actor: input.actor };
    }
    case 'dataset':
      return { ...decideDataset(input, moment), actor: input.actor };
    case 'paper':
      return { ...decidePaper(facts.paper(input, moment), input, moment), actor: input.actor };
    case 'sales':
      return { ...decideSales(facts.sales(input.sales), input, moment), actor: input.actor };
    case 'due':
      return consoleDecision(decideDue(facts.due(moment.monoMs, moment.wallMs), moment));
    case 'started':
      return consoleDecision(decideStarted(facts.started(), input, moment));
    case 'noted': {
      const list = decideNoted(facts.noted(), input, moment);
      return { list, actor: input.actor, answer: null, text: null };
    }
    case 'retention':
      return consoleDecision(decideRetention(input, moment));
    default:
      return assertNever(input, 'input');
  }
}

function consoleDecision(list: EventList): Decision {
  return { list, actor: CONSOLE, answer: null, text: null };
}

function deviceActor(device: string): Actor {
  return { type: 'device', device };
}

/** A read at a lane asks to cross there, whoever moves its gate; one at a desk finds a person. */
function decideReaderReport(facts: FactSource, input: ReaderInput, moment: Moment): Decision {
  const { report } = input;
  const read = report.kind === 'read' || report.kind === 'code' ? report : null;
  const at = facts.readerLane(report.reader);
  if (read !== null && at !== null) {
    const swipe = swipeAt(at, read, input.receivedMs);
    const list = decideReport(facts, swipe, moment.monoMs - input.receivedMono, moment);
    return { list, actor: deviceActor(report.reader), answer: null, text: null };
  }
  const believed = read !== null && (read.kind === 'read' || read.code.proof === 'proven');
  const known = believed ? facts.readerRead(credentialOf(read)) : null;
  const person = known?.person ?? null;
  const muster = read === null ? null : facts.musterRead(report.reader, person);
  const list = decideReader(person, report, moment, muster);
  return { list, actor: deviceActor(report.reader), answer: null, text: null };
}

/** A reader that is asked here and now tells nothing late, and numbers nothing. */
function swipeAt(
  { lane, readerDirection }: ReaderPlace,
  read: ReaderRead | ReaderCode,
  deviceAtMs: number,
): SwipeEvent {
  return {
    ...{ kind: 'swipe', board: lane.board, door: lane.door, index: 0, deviceAtMs, ageMs: 0 },
    ...{ delivery: 'pushed', inOrder: true, granted: false, reason: 0 },
    direction: readerDirection,
    credential: credentialOf(read),
    reader: read.reader,
    code: read.kind === 'code' ? read.code : undefined,
  };
}

function credentialOf(read: ReaderRead | ReaderCode): Credential {
  return read.kind === 'code' ? codeCredential(read.code.permit) : read.credential;
}

function decideReport(
  facts: FactSource,
  report: GateReport,
  queuedMs: number,
  moment: Moment,
): EventList {
  switch (report.kind) {
    case 'swipe': {
      const judged = { ...moment, wallMs: judgedAtMs(report, queuedMs, moment.wallMs) };
      return decideSwipe(facts.swipe(report, judged), report, queuedMs, moment);
    }
    case 'door':
    case 'remote-open':
    case 'button':
    case 'alarm':
      return decideBoardEvent(facts.boardEvent(report, moment), report, queuedMs, moment);
    case 'command':
      return decideProgress(facts.progress(report.command), report, moment);
    default:
      return decideBoardReport(facts.boardReport(report.board), report, moment);
  }
}
