import {
  type BoardReply,
  FIRST_EVENT,
  LAST_EVENT,
  type MessageName,
  type RequestFields,
} from '../../../../shared/wire/uhppote/messages.ts';

/**
 * Whether a reply answers a request, judged by the number it repeats. `perhaps`: the board may
 * answer so (asked beyond the last event it gives index 0, or the last one instead), but the reply
 * could also be a late one to an earlier request. Most replies repeat nothing, and answer `surely`.
 */
export function answers(
  name: MessageName,
  asked: RequestFields<MessageName>,
  reply: BoardReply,
): 'surely' | 'perhaps' | 'no' {
  if (name !== reply.name) return 'no';
  switch (reply.name) {
    case 'get-event': {
      const { index } = asked as RequestFields<'get-event'>;
      if (index === FIRST_EVENT || index === LAST_EVENT) return 'perhaps';
      return reply.fields.index === index ? 'surely' : 'perhaps';
    }
    case 'get-card': {
      const { card } = asked as RequestFields<'get-card'>;
      if (reply.fields.card === card) return 'surely';
      return reply.fields.card === 0 ? 'perhaps' : 'no';
    }
    case 'get-time-profile': {
      const { profile } = asked as RequestFields<'get-time-profile'>;
      if (reply.fields.profile === profile) return 'surely';
      return reply.fields.profile === 0 ? 'perhaps' : 'no';
    }
    case 'set-door':
    case 'get-door': {
      const { door } = asked as RequestFields<'get-door'>;
      return reply.fields.door === door ? 'surely' : 'no';
    }
    default:
      return 'surely';
  }
}
