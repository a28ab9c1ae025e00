import type { Result } from '../../../shared/lib/result.ts';
import {
  type CentreAck,
  type CentreBatch,
  type CentreFault,
  type CentreFaultKind,
  type CentreHello,
  type JournalHead,
  type JournalSource,
  sameHash,
} from './centre-port.ts';

/** What the centre answered, set against the journal: up to where it truly holds the same. */
type Judged = Result<number, CentreFault>;

function no(kind: CentreFaultKind, code: string, text: string): Judged {
  return { ok: false, fault: { kind, code, text } };
}

/** Whether the journal's event at `seq` is the one that the centre names. */
function compare(seq: number, theirs: Uint8Array, ours: Uint8Array | null): Judged {
  if (ours === null) {
    const text = `the centre ends at ${seq}, which this journal cannot show: upload stopped`;
    return no('refused', 'hash-missing', text);
  }
  if (sameHash(ours, theirs)) return { ok: true, value: seq };
  return no('fork', 'fork', `the centre holds another event ${seq}: upload stopped`);
}

/**
 * Where to go on from: always the centre's answer, never a number of our own. `head` is where the
 * journal stood before the centre was asked.
 */
export function judgeHello(hello: CentreHello, head: JournalHead, journal: JournalSource): Judged {
  if (hello.epochState === 'closed') {
    const text = `the centre has begun an epoch after ${head.epoch}: is there a second console?`;
    return no('refused', 'epoch-closed', text);
  }
  const { ackedSeq } = hello;
  if (ackedSeq === 0) return { ok: true, value: 0 };
  if (ackedSeq > head.seq) {
    const text =
      `the centre holds ${ackedSeq} events, this journal ends at ${head.seq}: ` +
      'it was restored from an older copy; upload stopped';
    return no('fork', 'journal-behind-centre', text);
  }
  return compare(ackedSeq, hello.ackedHash, journal.hashAt(ackedSeq));
}

export function judgeAck(ack: CentreAck, batch: CentreBatch, journal: JournalSource): Judged {
  const first = batch.rows[0]?.seq ?? 0;
  const last = batch.rows.at(-1)?.seq ?? 0;
  if (ack.ackedSeq < last) {
    const text = `the centre answered ${ack.ackedSeq} to events up to ${last}`;
    return no('resume', 'short-answer', text);
  }
  // Beyond what was sent: an earlier batch whose answer was lost has arrived meanwhile.
  const sent = batch.rows[ack.ackedSeq - first];
  return compare(ack.ackedSeq, ack.ackedHash, sent?.hash ?? journal.hashAt(ack.ackedSeq));
}
