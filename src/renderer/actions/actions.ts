import { createContext, use } from 'react';
import type { CorrectionRow, DayReturnRow } from '../../shared/contract/people-queries.ts';
import type { QueueRow } from '../../shared/contract/views.ts';
import type { CorrectionChange } from '../../shared/domain/correction.ts';
import type { GateAction } from '../../shared/domain/gate.ts';
import type {
  BoardId,
  CheckpointId,
  CrossingId,
  IncidentId,
  LaneId,
  LockdownId,
  PermitId,
  PersonId,
} from '../../shared/domain/ids.ts';
import type { IncidentType } from '../../shared/domain/incident.ts';
import type { Place } from '../../shared/domain/place.ts';
import type { SuspendedKind } from '../../shared/domain/suspension.ts';
import { must } from '../../shared/lib/assert.ts';
import type { GoodsAsked } from './goods-asked.ts';
import type { LockdownAct } from './lockdown-dialogs.tsx';
import type { VirtualAsked } from './virtual-asked.ts';

export type QueueException = Extract<QueueRow, { type: 'exception' }>;

/** A dialog that is open: which act it asks for, and on what. */
export type Asked =
  | GoodsAsked
  | VirtualAsked
  | { readonly act: 'gate'; readonly lane: LaneId; readonly action: GateAction }
  | { readonly act: 'admit' | 'refuse'; readonly row: QueueException; readonly who: string }
  | { readonly act: 'resolve'; readonly incident: IncidentId; readonly type: IncidentType }
  | {
      readonly act: 'raise';
      readonly checkpoint: CheckpointId | null;
      readonly lane: LaneId | null;
    }
  | {
      readonly act: 'suspend' | 'reinstate';
      readonly permit: PermitId;
      readonly onDone: () => void;
    }
  | {
      readonly act: 'replace-badge';
      readonly permit: PermitId;
      /** The one that it has. */
      readonly badge: string;
      readonly onDone: () => void;
    }
  | { readonly act: 'evacuate' | 'lockdown-propose' | 'muster-begin' | 'muster-end' }
  | {
      readonly act: 'lockdown';
      readonly what: LockdownAct;
      readonly lockdown: LockdownId;
    }
  | { readonly act: 'muster-mark'; readonly person: string | undefined }
  | { readonly act: 'day-return'; readonly row: DayReturnRow; readonly onDone: () => void }
  | {
      readonly act: 'suspend-who';
      readonly kind: SuspendedKind;
      /** Null where it is still to be said. */
      readonly id: string | null;
      readonly onDone: () => void;
    }
  | {
      readonly act: 'lift-who';
      readonly kind: SuspendedKind;
      readonly id: string;
      readonly onDone: () => void;
    }
  | {
      readonly act: 'correct';
      readonly crossing: CrossingId;
      readonly fact: CorrectionChange['fact'];
      /** What stands there now. */
      readonly now: string;
      readonly atMs: number | null;
      readonly onDone: () => void;
    }
  | { readonly act: 'answer'; readonly crossing: CrossingId; readonly onDone: () => void }
  | {
      readonly act: 'confirm' | 'decline';
      readonly row: CorrectionRow;
      readonly onDone: () => void;
    }
  | { readonly act: 'joint'; readonly crossing: CrossingId; readonly onDone: () => void }
  | { readonly act: 'count' }
  | { readonly act: 'print-code'; readonly permit: PermitId }
  | { readonly act: 'declare-lost'; readonly board: BoardId }
  | {
      readonly act: 'presence';
      readonly person: PersonId;
      readonly who: string;
      readonly place: Place | null;
      readonly onDone: () => void;
    };

/** What a screen can ask a person to confirm. Each opens its dialog; nothing acts at once. */
export interface Actions {
  ask(asked: Asked): void;
  /** Acknowledges at once: it changes nothing but who knows of it. */
  acknowledge(incident: IncidentId): Promise<void>;
}

export const ActionsContext = createContext<Actions | null>(null);

export function useActions(): Actions {
  return must(use(ActionsContext), 'actions around the screen');
}
