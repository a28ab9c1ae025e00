import { assertNever } from '../../shared/lib/assert.ts';
import { encodeReply } from '../../shared/wire/uhppote/codec.ts';
import type { BoardRequest, TimeProfileFields } from '../../shared/wire/uhppote/messages.ts';
import type { BoardCore } from './board-core.ts';

type SettingsName =
  | 'set-anti-passback'
  | 'get-anti-passback'
  | 'set-time-profile'
  | 'get-time-profile'
  | 'clear-time-profiles'
  | 'set-passcodes'
  | 'set-interlock'
  | 'set-keypads'
  | 'clear-tasks'
  | 'add-task'
  | 'refresh-tasks'
  | 'set-first-card'
  | 'restore-defaults';

export type SettingsRequest = Extract<BoardRequest, { name: SettingsName }>;

/** A code has at most six digits: what has more is none. */
const HIGHEST_CODE = 999_999;

/** Takes up, or tells, what a board's settings are. */
export function answerSettings(
  request: SettingsRequest,
  core: BoardCore,
  serial: number,
): Uint8Array {
  const { settings } = core;
  if (core.settingsJammed && !request.name.startsWith('get-')) return yes(request, serial);
  switch (request.name) {
    case 'get-anti-passback':
      return encodeReply('get-anti-passback', serial, { mode: settings.antiPassback });
    case 'get-time-profile': {
      const stored = settings.profiles.get(request.fields.profile) ?? noProfile;
      return encodeReply('get-time-profile', serial, stored);
    }
    case 'set-anti-passback':
      settings.antiPassback = request.fields.mode;
      break;
    case 'set-time-profile':
      settings.profiles.set(request.fields.profile, request.fields);
      break;
    case 'clear-time-profiles':
      settings.profiles.clear();
      break;
    case 'set-passcodes': {
      const { door, code1, code2, code3, code4 } = request.fields;
      const codes = [code1, code2, code3, code4];
      settings.passcodes.set(
        door,
        codes.filter((code) => code > 0 && code <= HIGHEST_CODE),
      );
      break;
    }
    case 'set-interlock':
      settings.interlock = request.fields.doors;
      break;
    case 'set-keypads': {
      const { reader1, reader2, reader3, reader4 } = request.fields;
      const on = [reader1, reader2, reader3, reader4];
      settings.keypads = new Set([1, 2, 3, 4].filter((reader) => on[reader - 1]));
      break;
    }
    case 'set-first-card':
      settings.firstCards.set(request.fields.door, request.fields);
      break;
    default:
      answerTask(request, core);
  }
  return yes(request, serial);
}

/** Every setting is answered alike, whatever its function. */
function yes({ name }: SettingsRequest, serial: number): Uint8Array {
  return encodeReply(name as 'set-interlock', serial, { ok: true });
}

type TaskRequest = Extract<
  SettingsRequest,
  { name: 'clear-tasks' | 'add-task' | 'refresh-tasks' | 'restore-defaults' }
>;

function answerTask(request: TaskRequest, core: BoardCore): void {
  switch (request.name) {
    case 'clear-tasks':
      core.settings.tasks = [];
      core.settings.newTasks = [];
      break;
    case 'add-task':
      core.settings.newTasks.push(request.fields);
      break;
    case 'refresh-tasks':
      core.tasks.refresh();
      break;
    case 'restore-defaults':
      core.restoreDefaults();
      break;
    default:
      assertNever(request, 'request');
  }
}

const noProfile: TimeProfileFields = {
  profile: 0,
  from: null,
  to: null,
  monday: false,
  tuesday: false,
  wednesday: false,
  thursday: false,
  friday: false,
  saturday: false,
  sunday: false,
  start1: '00:00',
  end1: '00:00',
  start2: '00:00',
  end2: '00:00',
  start3: '00:00',
  end3: '00:00',
  linked: 0,
};
