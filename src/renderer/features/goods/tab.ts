import { choose, type Route } from '../../actions/route.ts';

/** What the screen of enterprises and goods shows, in the order of its tabs. */
export const TABS = [
  ...(['enterprises', 'consignments', 'custody', 'deferrals', 'audits', 'vehicles'] as const),
] as const;
export type Tab = (typeof TABS)[number];

export function tabOf({ params }: Route): Tab {
  return TABS.find((tab) => tab === params.tab) ?? 'enterprises';
}

/** Shows a tab, and what is chosen on it. */
export function showTab(tab: Tab, id?: string, more: Readonly<Record<string, string>> = {}): void {
  choose('goods', { tab, ...(id === undefined ? {} : { id }), ...more });
}
