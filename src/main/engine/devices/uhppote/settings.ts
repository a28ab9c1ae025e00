/**
 * Brings a board to the settings of the site file. What it can be asked for is read first, told
 * only where it differs, and read again; the rest is told each time and cannot be proved. Nothing
 * is ever set back to the maker's defaults, and what the site file leaves out stays as it is.
 */
import type {
  SiteTimeProfile,
  UhppoteSettings,
} from '../../../../shared/domain/site-board-settings.ts';
import type {
  MessageName,
  ReplyFields,
  RequestFields,
  TimeProfileFields,
} from '../../../../shared/wire/uhppote/messages.ts';
import type { BoardContext } from './context.ts';
import type { Urgency } from './exchange.ts';

const interlocks: Readonly<Record<NonNullable<UhppoteSettings['interlock']>, number>> = {
  none: 0,
  '1-2': 1,
  '3-4': 2,
  '1-2,3-4': 3,
  '1-2-3': 4,
  '1-2-3-4': 8,
};

const antiPassbacks: Readonly<Record<NonNullable<UhppoteSettings['antiPassback']>, number>> = {
  off: 0,
  '1:2,3:4': 1,
  '1,3:2,4': 2,
  '1:2,3': 3,
  '1:2,3,4': 4,
};

const DOORS = [1, 2, 3, 4] as const;
const CONTROLLED = 3;
const NEVER = {
  ...{ monday: false, tuesday: false, wednesday: false, thursday: false },
  ...{ friday: false, saturday: false, sunday: false },
};

/** What became of a setting; null where the board stopped answering. */
type Outcome = 'agrees' | 'differs' | 'told' | null;

/** What a board shows of its settings. */
export interface SettingsShown {
  /** Those that do not agree, by their names in the site file. */
  readonly differing: string;
  /** What there is to say of them, at most 300 characters. */
  readonly text: string | undefined;
}

/** Settings that are named in a text. */
const NAMED = 6;

export class Settings {
  readonly #context: BoardContext;

  constructor(context: BoardContext) {
    this.#context = context;
  }

  /** Everything, when the board answers (again). Null where it stopped answering. */
  bring(): Promise<SettingsShown | null> {
    const { settings = {} } = this.#context.setUp;
    const { interlock, firstCard, keypads, codes } = settings;
    const told: [string, () => Promise<Outcome>][] = [];
    if (interlock !== undefined) {
      const doors = interlocks[interlock];
      told.push(['interlock', () => this.#tell('set-interlock', [{ doors }])]);
    }
    if (firstCard === 'off') {
      told.push(['firstCard', () => this.#tell('set-first-card', DOORS.map(noFirstCard))]);
    }
    if (keypads !== undefined) {
      told.push(['keypads', () => this.#tell('set-keypads', [keypadsOn(keypads)])]);
    }
    if (codes === 'off') {
      told.push(['codes', () => this.#tell('set-passcodes', DOORS.map(noCodes))]);
    }
    return this.#each([...this.#readable('status'), ...told]);
  }

  /** What can be asked for: a board that somebody else set is told again. Null: no answer. */
  check(): Promise<SettingsShown | null> {
    return this.#each(this.#readable('housekeeping'));
  }

  #readable(urgency: Urgency): [string, () => Promise<Outcome>][] {
    const { antiPassback, timeProfiles = [] } = this.#context.setUp.settings ?? {};
    const steps: [string, () => Promise<Outcome>][] = [];
    if (antiPassback !== undefined) {
      const mode = antiPassbacks[antiPassback];
      const read = () => this.#ask('get-anti-passback', {}, urgency);
      const set = () => this.#ask('set-anti-passback', { mode }, urgency);
      steps.push(['antiPassback', () => agree({ mode }, read, set)]);
    }
    for (const one of timeProfiles) {
      const fields = profileFields(one);
      const { profile } = fields;
      const read = () => this.#ask('get-time-profile', { profile }, urgency);
      const set = () => this.#ask('set-time-profile', fields, urgency);
      steps.push([`timeProfiles ${profile}`, () => agree(fields, read, set)]);
    }
    return steps;
  }

  async #each(
    steps: readonly (readonly [string, () => Promise<Outcome>])[],
  ): Promise<SettingsShown | null> {
    const differing: string[] = [];
    const told: string[] = [];
    for (const [what, step] of steps) {
      const outcome = await step();
      if (outcome === null) return null;
      if (outcome === 'differs') differing.push(what);
      if (outcome === 'told') told.push(what);
    }
    return { differing: differing.join(), text: this.#textOf(differing, told) };
  }

  #textOf(differing: readonly string[], told: readonly string[]): string | undefined {
    const { board } = this.#context.setUp;
    const [against, unproved] = [named(differing), named(told)];
    if (differing.length > 0) {
      const text = `board ${board} does not take its settings: ${against}`;
      if (told.length === 0) return text;
      return `${text}; it was told, but cannot be asked for: ${unproved}`;
    }
    if (told.length === 0) return undefined;
    return `board ${board} is set; it was told, but cannot be asked for: ${unproved}`;
  }

  async #ask<N extends MessageName>(
    name: N,
    fields: RequestFields<N>,
    urgency: Urgency,
  ): Promise<ReplyFields<N> | null> {
    const { exchange, timing } = this.#context;
    const timeoutMs = timing.readTimeoutMs;
    const reply = await exchange.request(name, fields, { urgency, timeoutMs });
    return reply.ok ? reply.value : null;
  }

  /** What the board has no function to show: its yes is all there is. */
  async #tell<N extends 'set-interlock' | 'set-first-card' | 'set-keypads' | 'set-passcodes'>(
    name: N,
    all: readonly RequestFields<N>[],
  ): Promise<Outcome> {
    for (const fields of all) {
      const reply = await this.#ask(name, fields, 'status');
      if (reply === null) return null;
      if (!reply.ok) return 'differs';
    }
    return 'told';
  }
}

function named(settings: readonly string[]): string {
  const shown = settings.slice(0, NAMED).join(', ');
  return settings.length > NAMED ? `${shown}, …` : shown;
}

/** Reads; where it is not as wanted, tells it and reads again. */
async function agree<F extends object>(
  wanted: F,
  read: () => Promise<F | null>,
  set: () => Promise<object | null>,
): Promise<Outcome> {
  const before = await read();
  if (before === null) return null;
  if (isSame(before, wanted)) return 'agrees';
  if ((await set()) === null) return null;
  const after = await read();
  if (after === null) return null;
  return isSame(after, wanted) ? 'agrees' : 'differs';
}

function isSame<F extends object>(a: F, b: F): boolean {
  return (Object.keys(b) as (keyof F)[]).every((key) => a[key] === b[key]);
}

function profileFields(one: SiteTimeProfile): TimeProfileFields {
  const on = (day: number) => one.days.includes(day);
  const [first, second, third] = one.hours;
  return {
    ...{ profile: one.profile, from: one.from, to: one.to },
    ...{ monday: on(1), tuesday: on(2), wednesday: on(3), thursday: on(4) },
    ...{ friday: on(5), saturday: on(6), sunday: on(7) },
    ...{ start1: first?.from ?? '00:00', end1: first?.to ?? '00:00' },
    ...{ start2: second?.from ?? '00:00', end2: second?.to ?? '00:00' },
    ...{ start3: third?.from ?? '00:00', end3: third?.to ?? '00:00' },
    linked: one.otherwise ?? 0,
  };
}

function noFirstCard(door: number): RequestFields<'set-first-card'> {
  const hours = { start: '00:00', startMode: CONTROLLED, end: '00:00', endMode: CONTROLLED };
  return { door, ...hours, ...NEVER };
}

function noCodes(door: number): RequestFields<'set-passcodes'> {
  return { door, code1: 0, code2: 0, code3: 0, code4: 0 };
}

function keypadsOn(readers: readonly number[]): RequestFields<'set-keypads'> {
  const on = (reader: number) => readers.includes(reader);
  return { reader1: on(1), reader2: on(2), reader3: on(3), reader4: on(4) };
}
