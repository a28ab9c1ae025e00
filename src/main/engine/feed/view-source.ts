import type { ViewData, ViewName } from '../../../shared/contract/views.ts';
import type { Role } from '../../../shared/domain/role.ts';
import type { JournalEvent } from '../../../shared/journal/events.ts';

/**
 * One live view: all rows now, which rows an event touches, and one row by its key (null = no
 * longer there). `onTick` views also change with time alone and are looked at every second.
 */
export interface ViewSource<N extends ViewName = ViewName> {
  readonly name: N;
  snapshot(): Map<string, ViewData<N>>;
  touched(event: JournalEvent): readonly string[];
  row(key: string): ViewData<N> | null;
  /** Keys that may have changed by time alone. */
  onTick?(): readonly string[];
  /** What a role may see of a row; the row itself where all see the same. */
  rowFor?(role: Role, row: ViewData<N>): ViewData<N>;
}
