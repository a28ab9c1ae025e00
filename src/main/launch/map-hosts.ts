import { readFileSync } from 'node:fs';
import { z } from 'zod';

const MapHosts = z.object({ map: z.object({ hosts: z.array(z.string().max(253)).max(8) }) });

/**
 * The hosts that the site file lets the page load maps from. What is wrong with the file is for the
 * engine to say, which reads all of it: here nothing is let in then.
 */
export function mapHostsOf(siteFile: string): readonly string[] {
  try {
    const site = MapHosts.safeParse(JSON.parse(readFileSync(siteFile, 'utf8')));
    return site.success ? site.data.map.hosts : [];
  } catch {
    return [];
  }
}
