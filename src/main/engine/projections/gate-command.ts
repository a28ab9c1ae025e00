import { keyInSql, keyOf } from '../../../shared/domain/ids.ts';
import type { WritableDb } from '../store/database.ts';
import type { Appliers, Projection } from './projection.ts';

/**
 * The outbox: every gate command from its request to its outcome. It is a projection like the
 * others, so what may leave for a gate is by construction what stands durably in the journal.
 */
const ddl = `
CREATE TABLE gate_command (
  key INTEGER PRIMARY KEY,
  command TEXT NOT NULL,
  lane TEXT NOT NULL,
  board TEXT NOT NULL,
  door INTEGER NOT NULL,
  action TEXT NOT NULL,
  crossing TEXT,
  stage TEXT NOT NULL,
  deadline_mono INTEGER NOT NULL,
  open_s INTEGER NOT NULL,
  boot TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  text TEXT
) STRICT;
CREATE INDEX gate_command_pending ON gate_command (stage)
  WHERE stage IN ('requested', 'sent', 'accepted');
CREATE INDEX gate_command_unknown ON gate_command (stage) WHERE stage = 'unknown';
`;

/** Without an outcome, told of with a crossing under way, or the last that a lane was given. */
const UNSETTLED = `key IN (
  SELECT key FROM gate_command WHERE stage IN ('requested', 'sent', 'accepted')
  UNION SELECT key FROM gate_command WHERE stage = 'unknown'
  UNION SELECT command_key FROM reservation UNION SELECT ${keyInSql('command')} FROM lane_now)`;

function appliers(db: WritableDb): Appliers {
  const insert = db.write<
    [
      ...[number, string, string, string, number, string, string | null],
      ...[number, number, string, number],
    ]
  >(
    `INSERT INTO gate_command (key, command, lane, board, door, action, crossing, stage,
       deadline_mono, open_s, boot, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, 'requested', ?, ?, ?, ?)`,
  );
  const stage = db.write<[string, string | null, number, number]>(
    'UPDATE gate_command SET stage = ?, text = ?, at_ms = ? WHERE key = ?',
  );
  const to =
    (name: string) =>
    (event: { at: number; data: { command: string; text?: string | null } }): void => {
      stage.run(name, event.data.text ?? null, event.at, keyOf(event.data.command));
    };
  return {
    'gate.requested': (event) => {
      const d = event.data;
      insert.run(
        ...([keyOf(d.command), d.command, d.lane, d.board, d.door, d.action, d.crossing] as const),
        ...([d.deadlineMono, d.openS, event.boot, event.at] as const),
      );
    },
    'gate.sent': to('sent'),
    'gate.accepted': to('accepted'),
    'gate.confirmed': to('confirmed'),
    'gate.failed': to('failed'),
    'gate.expired': to('expired'),
    'gate.unknown': to('unknown'),
  };
}

export const gateCommand: Projection = {
  name: 'gate-command',
  tables: { gate_command: { where: UNSETTLED } },
  ddl,
  appliers,
};
