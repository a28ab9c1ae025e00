import type { Site } from '../../../shared/domain/site.ts';
import type { Text3 } from '../../../shared/domain/text.ts';

interface Named {
  readonly id: string;
  readonly name: Text3;
}

/** What a report needs of the site: its names, its areas and boards. */
export interface ReportSite {
  readonly id: string;
  readonly name: Text3 | null;
  readonly areas: readonly Named[];
  readonly checkpoints: readonly Named[];
  readonly lanes: readonly Named[];
  /** The serials of the site's boards; null where the site file is not at hand. */
  readonly boards: readonly string[] | null;
}

export function reportSite(site: Site): ReportSite {
  const named = ({ id, name }: Named): Named => ({ id, name });
  return {
    id: site.id,
    name: site.name,
    areas: site.areas.map(named),
    checkpoints: site.checkpoints.map(named),
    lanes: site.lanes.map(named),
    boards: site.boards.map((board) => board.serial),
  };
}
