import type { CentreNotice } from './centre-port.ts';

/** What central.hello found besides where to go on; see resources/central/030-ingest.sql. */
export interface Findings {
  readonly other_boot: string | null;
  readonly upkeep: string;
  readonly parent_epoch: number | null;
  readonly parent_seq: string | null;
  readonly parent_state: string | null;
  readonly lost_from: string | null;
  readonly lost_to: string | null;
}

/** What of it people must know, the most urgent first. */
export function noticesOf(found: Findings): readonly CentreNotice[] {
  const notices: CentreNotice[] = [];
  if (found.other_boot !== null) {
    const text = `another console signs in to the centre under this name: boot ${found.other_boot}`;
    notices.push({ code: 'centre-second-console', text });
  }
  const epoch = epochText(found);
  if (epoch !== null) notices.push({ code: 'centre-epoch', text: epoch });
  const upkeep = upkeepText(found.upkeep);
  if (upkeep !== null) notices.push({ code: 'centre-upkeep', text: upkeep });
  return notices;
}

function epochText(found: Findings): string | null {
  const { parent_epoch: epoch, parent_seq: seq, lost_from: from, lost_to: to } = found;
  switch (found.parent_state) {
    case null:
      return null;
    case 'agrees':
      if (from === null) return null;
      return `the centre holds events ${from} to ${to} of epoch ${epoch}, which are lost here`;
    case 'lacking':
      return `the centre lacks events ${from} to ${to} of epoch ${epoch}, which is closed`;
    case 'differs':
      return `the centre holds another event ${seq} of epoch ${epoch}, from which this one goes on`;
    case 'unproved':
      return `the centre no longer holds event ${seq} of epoch ${epoch} to compare it`;
    default:
      return 'the centre cannot read from where this epoch goes on';
  }
}

function upkeepText(upkeep: string): string | null {
  switch (upkeep) {
    case 'fine':
      return null;
    case 'rows-in-default':
      return 'the centre keeps events outside of their days: tell its administrator';
    default:
      return 'the centre has not prepared the coming days: tell its administrator';
  }
}
