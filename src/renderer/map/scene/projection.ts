import type { Position } from '../../../shared/domain/site.ts';
import type { Px, Size } from './px.ts';

/** How the present camera turns places into points of the screen and back. */
export interface Projection {
  project(at: Position): Px;
  unproject(at: Px): Position;
  readonly screen: Size;
}
