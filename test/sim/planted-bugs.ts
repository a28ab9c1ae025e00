import { randomUUID } from 'node:crypto';
import type { GateBoard, GateCommand, GateReport } from '../../src/main/engine/devices/ports.ts';
import type { Projector } from '../../src/main/engine/projections/projector.ts';
import type { OpenJournal } from '../../src/main/engine/segments/open-journal.ts';
import {
  type CentrePort,
  type JournalSource,
  ZERO_HASH,
} from '../../src/main/engine/sync/centre-port.ts';
import type { CommandId } from '../../src/shared/domain/ids.ts';
import { isArea } from '../../src/shared/domain/place.ts';
import type { JournalEvent } from '../../src/shared/journal/events.ts';
import { must } from '../../src/shared/lib/assert.ts';
import { chainHash } from '../kit/memory-journal.ts';
import type { PlantedParts } from './zone/sim-engine.ts';

type Apply = (event: JournalEvent, apply: (event: JournalEvent) => void, of: OpenJournal) => void;

/** The projector with a fault in how it applies events. */
function faultyProjector(fault: Apply): PlantedParts {
  return {
    journal(opened) {
      const { projector } = opened;
      const apply = (event: JournalEvent) => projector.apply(event);
      const faulty = {
        apply: (event: JournalEvent) => fault(event, apply, opened),
        mark: (seq: number) => projector.mark(seq),
      };
      return { ...opened, projector: faulty as unknown as Projector };
    },
  };
}

type Send = (command: GateCommand, board: GateBoard) => void;

function withSend(boards: ReadonlyMap<string, GateBoard>, send: Send) {
  return new Map(
    [...boards].map(([id, board]): [string, GateBoard] => [
      id,
      {
        ...{ board: board.board, start: () => board.start(), stop: () => board.stop() },
        ...{ storeCards: (cards) => board.storeCards(cards), health: () => board.health() },
        trips: () => board.trips(),
        send: (command) => send(command, board),
      },
    ]),
  );
}

/** The outbox's last step with a fault in how it hands commands to boards. */
const faultyOutbox = (send: Send): PlantedParts => ({ boards: (boards) => withSend(boards, send) });

type Report = (report: GateReport, handIn: (report: GateReport) => Promise<void>) => Promise<void>;

/** The way from a driver to the door with a fault. */
const faultyDriver = (report: Report): PlantedParts => ({ report });

/** An exit is not counted. */
export const forgetsExits = (): PlantedParts =>
  faultyProjector((event, apply, { db }) => {
    apply(event);
    if (event.kind !== 'crossing.passed' || !isArea(event.data.from)) return;
    db.write<[string]>('UPDATE occupancy SET inside = inside + 1 WHERE area = ?').run(
      event.data.from,
    );
  });

/** Somebody who goes out stays in the ledger where they were. */
export const leavesPeopleBehind = (): PlantedParts =>
  faultyProjector((event, apply, { db }) => {
    apply(event);
    if (event.kind !== 'crossing.passed' || event.data.person === null) return;
    const { from, person } = event.data;
    db.write<[string, string]>('UPDATE presence SET place = ? WHERE person = ?').run(from, person);
  });

/** A gate is opened at the badge already, to be quick. */
export function opensBeforeDeciding(): PlantedParts {
  let known: ReadonlyMap<string, GateBoard> = new Map();
  return {
    boards(boards) {
      known = boards;
      return boards;
    },
    report(report, handIn) {
      if (report.kind === 'swipe' && !report.granted) {
        const { board, door, index } = report;
        const id = `G9-${board}${index}` as CommandId;
        const command = { id, door, action: 'open', deadlineMonoMs: 1e12, openS: 3 } as const;
        known.get(board)?.send(command);
      }
      return handIn(report);
    },
  };
}

export const sendsTwice = (): PlantedParts =>
  faultyOutbox((command, board) => {
    board.send(command);
    board.send(command);
  });

/** A queue before the board that knows no deadline. */
export const sendsLate = (): PlantedParts =>
  faultyOutbox((command, board) => {
    setTimeout(() => board.send({ ...command, deadlineMonoMs: 1e12 }), 3_500);
  });

/** Commands that an earlier boot left are sent again, to be sure. */
export function sendsAgainAfterRestart(): PlantedParts {
  const sent: { readonly board: string; readonly command: GateCommand }[] = [];
  return {
    boards(boards) {
      const before = sent.at(-1);
      if (before !== undefined) {
        setTimeout(() => boards.get(before.board)?.send(before.command), 20_000);
      }
      return withSend(boards, (command, board) => {
        sent.push({ board: board.board, command });
        board.send(command);
      });
    },
  };
}

/** Every so many transactions one is called committed and is not. */
export const callsCommittedWhatIsNot = (): PlantedParts => ({
  journal(opened) {
    const { db } = opened;
    const real = db.transaction.bind(db);
    const undo = new Error('rolled back');
    let count = 0;
    db.transaction = <T>(body: () => T): T => {
      count += 1;
      if (count % 40 !== 0) return real(body);
      let result: T | undefined;
      try {
        real(() => {
          result = body();
          throw undo;
        });
      } catch (error) {
        if (error !== undo) throw error;
      }
      return result as T;
    };
    return opened;
  },
});

/** What lay in a board's memory is taken for what happens now. */
export const takesLateForLive = (): PlantedParts =>
  faultyDriver((report, handIn) => {
    if (!('delivery' in report) || report.delivery !== 'backlog') return handIn(report);
    return handIn({ ...report, delivery: 'pushed', inOrder: true, ageMs: 0 });
  });

/** Every so many of a board's events go astray between driver and door. */
export function losesDoorEvents(): PlantedParts {
  let count = 0;
  return faultyDriver((report, handIn) => {
    if (report.kind === 'door') count += 1;
    return report.kind === 'door' && count % 9 === 0 ? Promise.resolve() : handIn(report);
  });
}

/** What became of a command is never told. */
export const neverSaysHowItEnded = (): PlantedParts =>
  faultyDriver((report, handIn) =>
    report.kind === 'command' && report.stage !== 'sent' ? Promise.resolve() : handIn(report),
  );

/** A line that changes what is sent, and hides it well: the hashes fit the changed text. */
export const changesOnTheWay = (): PlantedParts => ({
  line(port: CentrePort, source: JournalSource): CentrePort {
    let last: Uint8Array = ZERO_HASH;
    const truly = <T extends { ackedSeq: number }>(value: T) => ({
      ...value,
      ackedHash: must(source.hashAt(value.ackedSeq), 'an acknowledged event'),
    });
    return {
      async hello(head) {
        const said = await port.hello(head);
        if (!said.ok) return said;
        last = said.value.ackedHash;
        return { ok: true, value: truly(said.value) };
      },
      async push(batch) {
        const rows = batch.rows.map(({ seq, body }) => {
          const changed = body.replace('"direction":"in"', '"direction":"out"');
          last = chainHash(last, changed);
          return { seq, body: changed, hash: last };
        });
        const said = await port.push({ ...batch, rows });
        return said.ok ? { ok: true, value: truly(said.value) } : said;
      },
      close: () => port.close(),
    };
  },
});

/** Somebody corrects a name in an old event, in the file. */
export const rewritesHistory = (): PlantedParts => ({
  journal(opened, boot) {
    const { db } = opened;
    if (!boot.startsWith('boot-1-')) return opened;
    setTimeout(() => {
      for (const { name } of db
        .query<[], { name: string }>("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        .all()) {
        db.exec(`DROP TRIGGER ${name}`);
      }
      db.exec(`UPDATE journal SET body = replace(body, 'console-1', 'console-2') WHERE seq = 5`);
    }, 60_000);
    return opened;
  },
});

/** A kind of event that the incremental projections pass over. */
export const passesOverAnEvent = (): PlantedParts =>
  faultyProjector((event, apply) => {
    if (event.kind !== 'incident.resolved') apply(event);
  });

/** A new edition of a list is in force, and nobody looks at it. */
export const staysWithOldLists = (): PlantedParts =>
  faultyProjector((event, apply) => {
    if (event.kind !== 'dataset.in-force' || event.data.version === 1) apply(event);
  });

/** A mistake that throws in the middle of a step. */
export const throwsInAStep = (): PlantedParts =>
  faultyProjector((event, apply) => {
    if (event.kind === 'crossing.not-taken') throw new TypeError('not a function');
    apply(event);
  });

/** Chance that no seed knows of. */
export const takesChanceFromElsewhere = (): PlantedParts => ({ boot: () => randomUUID() });
