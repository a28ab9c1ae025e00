import type { ReadableDb } from '../../../src/main/engine/store/database.ts';
import type { Site } from '../../../src/shared/domain/site.ts';
import type { Result } from '../../../src/shared/lib/result.ts';
import type { Rng } from '../../../src/shared/lib/rng.ts';
import type { VirtualHost } from '../host/virtual-host.ts';
import { bustleAt } from './bustle.ts';
import { permitOf } from './holders.ts';
import type { SimEngine } from './sim-engine.ts';

const LOOK_EVERY_MS = 8_000;
const REASON = 'spoken to at the counter';

/** Unknown passages of strangers, and of people who were seen since. */
const LEFT = `SELECT c.crossing AS id FROM unknown_passage u JOIN crossing c ON c.key = u.key
  LEFT JOIN presence p ON p.person = c.person WHERE coalesce(p.unknown, 0) = 0 LIMIT 3`;

export interface StaffDeps {
  readonly host: VirtualHost;
  readonly site: Site;
  readonly engine: SimEngine;
  readonly rng: Rng;
  readonly count: number;
  /** What the screens show, read where the console keeps it. */
  readonly screen: () => ReadableDb | null;
  readonly placeOf: (n: number) => string;
  /** The console said that a command was carried out. */
  readonly acknowledged: (name: string, answer: unknown) => void;
}

/** The control room: decides on who was referred, settles what is unknown, works the gates. */
export class Staff {
  readonly #deps: StaffDeps;
  #calm = false;
  commands = 0;

  constructor(deps: StaffDeps) {
    this.#deps = deps;
  }

  start(): void {
    const { host } = this.#deps;
    host.after(LOOK_EVERY_MS, () => this.#shift(), host.world);
  }

  /** The shift's end: every gate is brought back to control, then nobody does anything. */
  goHome(): void {
    this.#calm = true;
    for (const { id } of this.#deps.site.lanes) this.#gate(id, 'control');
  }

  #shift(): void {
    if (this.#calm) return;
    const { host, rng } = this.#deps;
    const waitMs = (LOOK_EVERY_MS * (0.5 + rng.next())) / bustleAt(host.nowMs);
    host.after(waitMs, () => this.#shift(), host.world);
    this.#decide();
    this.#settle();
    this.#answer();
    this.#tidyUp();
    if (rng.chance(0.08)) this.#workGate();
    if (rng.chance(0.03)) this.#suspend();
  }

  #decide(): void {
    const { rng } = this.#deps;
    const sql = 'SELECT exception AS id FROM exception WHERE outcome IS NULL ORDER BY key LIMIT 4';
    for (const exception of this.#ids(sql)) {
      const name = rng.chance(0.6) ? 'exception.admit' : 'exception.refuse';
      if (rng.chance(0.7)) this.#do(name, { exception, reason: REASON });
    }
  }

  /** Somebody looks how passages ended on which nobody's place hangs. */
  #answer(): void {
    const { rng } = this.#deps;
    for (const crossing of this.#ids(LEFT)) {
      const passage = rng.chance(0.5) ? 'passed' : 'not-taken';
      if (rng.chance(0.5)) this.#do('passage.answer', { crossing, passage, reason: REASON });
    }
  }

  /** Somebody looks where the people really are whose passage nobody saw. */
  #settle(): void {
    const { rng, placeOf } = this.#deps;
    for (const person of this.#ids('SELECT person AS id FROM presence WHERE unknown = 1 LIMIT 3')) {
      if (!rng.chance(0.5)) continue;
      const place = placeOf(Number(person.slice(2)));
      this.#do('presence.set', { person, place, reason: REASON });
    }
  }

  #tidyUp(): void {
    const { rng } = this.#deps;
    const sql =
      "SELECT incident AS id FROM incident WHERE state <> 'resolved' ORDER BY key LIMIT 3";
    for (const incident of this.#ids(sql)) {
      if (rng.chance(0.3)) this.#do('incident.acknowledge', { incident });
      else if (rng.chance(0.5)) this.#do('incident.resolve', { incident, reason: REASON });
    }
  }

  #workGate(): void {
    const { host, rng, site } = this.#deps;
    const lane = rng.pick(site.lanes).id;
    const action = rng.pick(['open', 'open', 'lock', 'hold'] as const);
    this.#gate(lane, action);
    if (action === 'open') return;
    host.after(5_000 + rng.next() * 60_000, () => this.#gate(lane, 'control'), host.world);
  }

  #suspend(): void {
    const { rng, count } = this.#deps;
    const permit = permitOf(1 + rng.below(count));
    const name = rng.chance(0.5) ? 'permit.suspend' : 'permit.reinstate';
    this.#do(name, { permit, reason: REASON });
  }

  #gate(lane: string, action: string): void {
    this.#do('gate.command', { lane, action, reason: REASON });
  }

  #do(name: string, input: object): void {
    const { engine, acknowledged } = this.#deps;
    this.commands += 1;
    engine.command(name, input, 'supervisor', (answer: Result<unknown>) => {
      if (answer.ok) acknowledged(name, answer.value);
    });
  }

  #ids(sql: string): string[] {
    const rows = this.#deps.screen()?.query<[], { id: string }>(sql).all() ?? [];
    return rows.map(({ id }) => id);
  }
}
