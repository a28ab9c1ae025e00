import { encodeReply } from '../../shared/wire/uhppote/codec.ts';
import { type BoardRequest, FIRST_EVENT, LAST_EVENT } from '../../shared/wire/uhppote/messages.ts';
import { answerSettings, type SettingsRequest } from './answer-settings.ts';
import type { BoardCore } from './board-core.ts';
import type { DoorModeByte } from './door.ts';

export interface BoardIdentity {
  readonly serial: number;
  readonly address: string;
  readonly version: string;
}

/**
 * Does what the board was asked and gives the bytes of its reply, null for none; pushed events may
 * leave before it. The caller has checked that the request is for this board.
 */
export function answer(
  request: BoardRequest,
  core: BoardCore,
  identity: BoardIdentity,
): Uint8Array | null {
  const { serial } = identity;
  core.tasks.run();
  const done = (name: 'open-door' | 'put-card' | 'delete-card', ok: boolean): Uint8Array =>
    encodeReply(name, serial, { ok });
  switch (request.name) {
    case 'get-status':
      return encodeReply('get-status', serial, core.status());
    case 'set-time':
      core.clockOffsetMs = (request.fields.at ?? 0) - core.options.wallMs();
      return encodeReply('set-time', serial, { at: core.shownMs() });
    case 'get-time':
      return encodeReply('get-time', serial, { at: core.shownMs() });
    case 'open-door':
      core.openRemotely(request.fields.door, core.options.monoMs());
      return done('open-door', true);
    case 'put-card':
      return done('put-card', core.cards.put(request.fields));
    case 'delete-card':
      return done('delete-card', core.cards.delete(request.fields.card));
    case 'delete-cards':
      core.cards.clear();
      return encodeReply('delete-cards', serial, { ok: true });
    case 'count-cards':
      return encodeReply('count-cards', serial, { count: core.cards.count() });
    case 'get-card':
      return encodeReply('get-card', serial, core.cards.find(request.fields.card));
    case 'get-card-at':
      return encodeReply('get-card-at', serial, core.cards.at(request.fields.slot));
    case 'set-door': {
      const { door, mode, delayS } = request.fields;
      core.setMode(door, mode as DoorModeByte, delayS);
      return encodeReply('set-door', serial, request.fields);
    }
    case 'get-door': {
      const { mode, delayS } = core.door(request.fields.door);
      return encodeReply('get-door', serial, { door: request.fields.door, mode, delayS });
    }
    default:
      return answerSetUp(request, core, identity);
  }
}

type SetUpRequest = Extract<
  BoardRequest,
  {
    name:
      | SettingsRequest['name']
      | 'record-special-events'
      | 'set-listener'
      | 'get-listener'
      | 'get-device'
      | 'set-address'
      | 'set-pc-control'
      | 'get-event'
      | 'set-event-index'
      | 'get-event-index';
  }
>;

function answerSetUp(
  request: SetUpRequest,
  core: BoardCore,
  identity: BoardIdentity,
): Uint8Array | null {
  const { serial } = identity;
  switch (request.name) {
    case 'record-special-events':
      core.recordsSpecial = request.fields.on;
      return encodeReply('record-special-events', serial, { ok: true });
    case 'set-listener':
      core.listener = { ...request.fields };
      return encodeReply('set-listener', serial, { ok: true });
    case 'get-listener':
      return encodeReply('get-listener', serial, core.listener);
    case 'get-device':
      return encodeReply('get-device', serial, {
        ...(core.toldAddress ?? {
          address: identity.address,
          mask: '255.255.255.0',
          gateway: '0.0.0.0',
        }),
        mac: '00:66:19:39:55:2d',
        version: identity.version,
        date: '2018-08-16',
      });
    case 'set-address': {
      const { address, mask, gateway } = request.fields;
      core.toldAddress = { address, mask, gateway };
      return null;
    }
    case 'set-pc-control':
      core.control.set(request.fields.on);
      return encodeReply('set-pc-control', serial, { ok: true });
    case 'get-event':
      if (core.events.isSpoilt(request.fields.index)) return null;
      return encodeReply('get-event', serial, eventAt(core, request.fields.index));
    case 'set-event-index': {
      const changed = core.eventIndex !== request.fields.index;
      core.eventIndex = request.fields.index;
      return encodeReply('set-event-index', serial, { changed });
    }
    case 'get-event-index':
      return encodeReply('get-event-index', serial, { index: core.eventIndex });
    default:
      return answerSettings(request, core, serial);
  }
}

function eventAt(core: BoardCore, index: number) {
  if (index === FIRST_EVENT) return core.events.first();
  return index === LAST_EVENT ? core.events.last() : core.events.get(index);
}
