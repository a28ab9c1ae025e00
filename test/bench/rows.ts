import type { BenchContext } from './context.ts';
import type { Figure } from './row.ts';

/** Measures some rows at once: those that share one run of the machine. */
export interface Group {
  readonly name: string;
  readonly rows: readonly string[];
  readonly measure: (context: BenchContext) => Promise<readonly Figure[]> | readonly Figure[];
}

const p50AndP99 = (name: string) => [`${name}-p50`, `${name}-p99`];
const admitRows = (name: string) => [...p50AndP99(name), `${name}-write`];

/** Every row, in the order in which they are measured. A module is loaded when it is needed. */
export const groups: readonly Group[] = [
  {
    name: 'admit',
    rows: admitRows('admit'),
    measure: async (context) => (await import('./admit.ts')).measureAdmit(context, ['empty']),
  },
  {
    name: 'admit-large',
    rows: [...admitRows('admit-large'), 'growth'],
    measure: async (context) => {
      const { measureAdmit } = await import('./admit.ts');
      const figures = await measureAdmit(context, ['empty', 'large']);
      return figures.filter(({ row }) => row.startsWith('admit-large') || row === 'growth');
    },
  },
  {
    name: 'admit-encrypted',
    rows: ['admit-encrypted'],
    measure: async (context) => (await import('./encrypted.ts')).measureEncrypted(context),
  },
  {
    name: 'badge-to-open',
    rows: p50AndP99('badge-to-open'),
    measure: async (context) => (await import('./badge-to-open.ts')).measureBadgeToOpen(context),
  },
  {
    name: 'badge-to-open-backlog',
    rows: [...p50AndP99('badge-to-open-backlog'), 'backlog-drain'],
    measure: async (context) => (await import('./badge-to-open.ts')).measureWithBacklog(context),
  },
  {
    name: 'drivers',
    rows: [
      ...['uhppote', 'modbus', 'osdp'].flatMap((driver) => p50AndP99(`badge-to-open-${driver}`)),
      'badge-to-open-osdp-bus',
    ],
    measure: async (context) => (await import('./drivers.ts')).measureDrivers(context),
  },
  {
    name: 'idle-boards',
    rows: ['idle-boards'],
    measure: async (context) => (await import('./idle-boards.ts')).measureIdleBoards(context),
  },
  {
    name: 'card-lists',
    rows: [
      ...['one', 'one-requests', 'one-badge-p99'].map((what) => `card-list-${what}`),
      ...['card-lists', 'card-lists-requests', 'card-lists-badge-p99', 'card-list-held'],
    ],
    measure: async (context) => (await import('./card-lists.ts')).measureCardLists(context),
  },
  {
    name: 'swipes',
    rows: ['swipes', 'swipes-share'],
    measure: async (context) => (await import('./swipes.ts')).measureSwipes(context),
  },
  {
    name: 'burst',
    rows: ['burst'],
    measure: async (context) => (await import('./burst.ts')).measureBurst(context),
  },
  {
    name: 'gate-to-dom',
    rows: ['gate-to-dom-p50', 'gate-to-dom-p95'],
    measure: async (context) => (await import('./gate-to-dom.ts')).measureGateToDom(context),
  },
  {
    name: 'screen',
    rows: [
      ...['events', 'script', 'thread', 'long-tasks', 'longest-task', 'waiting-tasks'],
      ...['heap', 'heap-growth', 'process', 'process-growth', 'dom-growth'],
    ].map((what) => `screen-${what}`),
    measure: async (context) => (await import('./screen.ts')).measureScreen(context),
  },
  {
    name: 'search',
    rows: [
      ...['newest', 'person', 'lane-hour', 'referred', 'refused', 'reason', 'unknown', 'late'],
      ...['class', 'first-hour', 'day-refused', 'incidents', 'incidents-state'],
    ].map((what) => `search-${what}`),
    measure: async (context) => (await import('./search.ts')).measureSearch(context),
  },
  {
    name: 'page',
    rows: ['next', 'person', 'day', 'day-end', 'far'].map((what) => `page-${what}`),
    measure: async (context) => (await import('./search.ts')).measurePages(context),
  },
  {
    name: 'year',
    rows: [
      ...['person', 'nobody', 'refused', 'class', 'day', 'page-far', 'page-lane', 'report'],
    ].map((what) => `year-${what}`),
    measure: async (context) => (await import('./search.ts')).measureYear(context),
  },
  {
    name: 'what-if',
    rows: ['what-if'],
    measure: async (context) => (await import('./what-if.ts')).measureWhatIf(context),
  },
  {
    name: 'presence-month',
    rows: ['presence-month', 'presence-month-csv'],
    measure: async (context) => (await import('./presence-month.ts')).measurePresenceMonth(context),
  },
  {
    name: 'report',
    rows: ['report-day', 'report-query', 'report-csv', 'report-command'],
    measure: async (context) => (await import('./report.ts')).measureReport(context),
  },
  {
    name: 'admit-reading',
    rows: ['admit-reading-p99'],
    measure: async (context) => (await import('./admit.ts')).measureReading(context),
  },
  {
    name: 'sync-drain',
    rows: ['sync-drain'],
    measure: async () => [syncDrain(await (await import('./sync-drain.ts')).measureDrain())],
  },
  {
    name: 'sync-twenty',
    rows: ['sync-twenty', 'sync-twenty-fairness'],
    measure: async () => (await import('./sync-twenty.ts')).measureTwenty(),
  },
  {
    name: 'rebuild',
    rows: ['rebuild'],
    measure: async (context) => (await import('./offline.ts')).measureRebuild(context),
  },
  {
    name: 'verify',
    rows: ['verify'],
    measure: async (context) => (await import('./offline.ts')).measureVerify(context),
  },
  {
    name: 'roll',
    rows: ['roll', 'roll-piece'],
    measure: async (context) => (await import('./roll.ts')).measureRoll(context),
  },
  {
    name: 'lookup',
    rows: p50AndP99('lookup'),
    measure: async (context) => (await import('./lookup.ts')).measureLookup(context),
  },
  {
    name: 'start',
    rows: ['start'],
    measure: async (context) => (await import('./whole-process.ts')).measureStart(context),
  },
  {
    name: 'memory',
    rows: ['memory'],
    measure: async (context) => (await import('./whole-process.ts')).measureMemory(context),
  },
];

function syncDrain({ value, bare }: { value: number; bare: number }): Figure {
  const bar = { ratioAtLeast: 0.4 };
  return { row: 'sync-drain', unit: 'rows/s', better: 'more', value, bare, bar, wrong: null };
}

/** The groups that a name means: all for null, a group's own, or the one that has such a row. */
export function groupsOf(only: string | null): readonly Group[] {
  if (only === null) return groups;
  const named = groups.filter(({ name }) => name === only);
  return named.length > 0 ? named : groups.filter(({ rows }) => rows.includes(only));
}
