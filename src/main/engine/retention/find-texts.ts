import { madeAt } from '../../../shared/domain/ids.ts';
import type { ErasureScope } from '../../../shared/domain/retention.ts';
import type { Envelope } from '../../../shared/journal/envelope.ts';
import { lastSeq, type Segment, type Segments } from '../journal/segments.ts';

/** What an act of a person writes at most: the text first, then what it is the reason of. */
const ACT_EVENTS = 16;

/** What an event may say of whom or what it is about. */
interface Told {
  readonly at: number;
  readonly cause: number | null;
  readonly data: {
    readonly person?: string | null;
    readonly crossing?: string | null;
    readonly incident?: string;
    readonly permit?: string | null;
    readonly reason?: string | null;
    readonly note?: string | null;
    /** Of a crossing that was keyed in from a form. */
    readonly paper?: { readonly reason: string };
    /** Whom or what a suspension is of. */
    readonly kind?: string;
    readonly id?: string;
    /** Who an entity declares to be in a virtual area. */
    readonly persons?: readonly string[];
  };
}

/**
 * The typed texts that an erasure takes away: those typed before a moment, but for what open
 * incidents still show; or those that belong to a person, by a crossing, a permit (`permits` are
 * the person's), an incident, a suspension or a declaration of theirs. A copy that was carried into
 * a later segment has the same id. A text that only mentions somebody is found by nobody but its
 * period, and so is the reason of an erasure.
 */
export function findTexts(
  segments: Segments,
  scope: ErasureScope,
  permits: ReadonlySet<string>,
): string[] {
  const shown = openNotes(segments);
  const isDue = (segment: Segment, text: string) => {
    const { seq } = madeAt(text);
    if ('person' in scope) return isAbout(segments, segment, text, scope.person, permits);
    if (scope.class !== 'texts' || shown.has(text)) return false;
    return (eventsFrom(segment, seq, seq)[0]?.at ?? Infinity) < scope.beforeMs;
  };
  return segments.all.flatMap((segment) => {
    const last = lastSeq(segment);
    const isOwn = ({ epoch, seq }: { epoch: number; seq: number }) =>
      epoch === segment.epoch && seq > segment.baseSeq && seq <= last;
    return textsIn(segment).filter((text) => isOwn(madeAt(text)) && isDue(segment, text));
  });
}

function textsIn({ db }: Segment): string[] {
  const rows = db.query<[], { text: string }>('SELECT text FROM typed_text').all();
  return rows.map(({ text }) => text);
}

function openNotes({ live }: Segments): ReadonlySet<string> {
  const open = live.db.query<[], { note: string }>(
    "SELECT note FROM incident WHERE state <> 'resolved' AND note IS NOT NULL",
  );
  return new Set(open.all().map(({ note }) => note));
}

function isAbout(
  segments: Segments,
  segment: Segment,
  text: string,
  person: string,
  permits: ReadonlySet<string>,
): boolean {
  const { seq } = madeAt(text);
  const act = eventsFrom(segment, seq, seq + ACT_EVENTS);
  return act.some(({ cause, data }) => {
    if (cause !== seq || ![data.reason, data.note, data.paper?.reason].includes(text)) return false;
    if (data.kind === 'person' && data.id === person) return true;
    if (data.persons?.includes(person) === true) return true;
    if (data.permit !== undefined && permits.has(data.permit ?? '')) return true;
    return personOf(segments, data) === person;
  });
}

function personOf(segments: Segments, data: Told['data']): string | null {
  const { crossing, incident, person } = data;
  if (person) return person;
  const raised = incident === undefined ? data : eventOf(segments, incident)?.data;
  const of = crossing ?? raised?.crossing ?? null;
  return of === null ? null : (eventOf(segments, of)?.data.person ?? null);
}

/** The event that made a thing. */
function eventOf(segments: Segments, id: string): Told | null {
  const { epoch, seq } = madeAt(id);
  const segment = segments.holding(epoch, seq);
  return segment === null ? null : (eventsFrom(segment, seq, seq)[0] ?? null);
}

function eventsFrom({ db }: Segment, from: number, to: number): Told[] {
  const rows = db.query<[number, number], { body: string }>(
    'SELECT body FROM journal WHERE seq >= ? AND seq <= ? ORDER BY seq',
  );
  return rows.all(from, to).map(({ body }) => JSON.parse(body) as Envelope as Told);
}
