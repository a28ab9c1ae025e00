import type { Clock } from '../../../shared/lib/clock.ts';
import type { Segments } from '../journal/segments.ts';
import type { SiteIndex } from '../projections/gather/site-index.ts';
import type { ReadableDb } from '../store/database.ts';
import type { HealthSource } from './health.ts';
import type { ViewSource } from './view-source.ts';
import { areasView } from './views/areas.ts';
import type { BadgeReads } from './views/badge-reads.ts';
import type { DeskReads } from './views/desk-reads.ts';
import { devicesView } from './views/devices.ts';
import { flowView } from './views/flow.ts';
import { lanesView } from './views/lanes.ts';
import { lockdownView } from './views/lockdown.ts';
import { musterPeopleView, musterView } from './views/muster.ts';
import { queueView } from './views/queue.ts';
import { type StatusParts, statusView } from './views/status.ts';
import { tickerView } from './views/ticker.ts';

export interface ViewParts {
  readonly db: ReadableDb;
  readonly segments: Segments;
  readonly site: SiteIndex;
  readonly clock: Clock;
  readonly health: HealthSource;
  readonly badgeReads: BadgeReads;
  readonly deskReads: DeskReads;
  readonly status: StatusParts;
}

/** Every view of the contract. */
export function allViews(parts: ViewParts): readonly ViewSource[] {
  const { db, segments, site, clock, health } = parts;
  return [
    statusView(db, parts.status),
    lanesView(segments, site, clock, health),
    areasView(db, site),
    flowView(segments, clock),
    tickerView(db, segments),
    queueView(db, site),
    devicesView(db, site, clock, health),
    lockdownView(db),
    musterView(db),
    musterPeopleView(db),
    parts.badgeReads.view(),
    parts.deskReads.view(),
  ];
}
