import type {
  FirstCardFields,
  TaskFields,
  TimeProfileFields,
} from '../../shared/wire/uhppote/messages.ts';

/** All that a host may set besides doors, cards and events; a new board has none of it. */
export class BoardSettings {
  antiPassback = 0;
  interlock = 0;
  profiles = new Map<number, TimeProfileFields>();
  /** By door. */
  firstCards = new Map<number, FirstCardFields>();
  /** The codes that open each door. */
  passcodes = new Map<number, readonly number[]>();
  /** Readers whose keypad is on. */
  keypads = new Set<number>();
  tasks: readonly TaskFields[] = [];
  /** Added since the tasks were last refreshed. */
  newTasks: TaskFields[] = [];

  restoreDefaults(): void {
    Object.assign(this, new BoardSettings());
  }
}

/** The day flags that profiles, first cards and tasks share; `weekday` 1 Monday … 7 Sunday. */
export function isOnDay(
  days: Pick<TaskFields, (typeof weekdays)[number]>,
  weekday: number,
): boolean {
  const name = weekdays[weekday - 1];
  return name !== undefined && days[name];
}

const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
