/** Where a folder's imports may not go: ARCHITECTURE.md's table of rooms, as a list of refusals. */
export type Direction = {
  /** Folder the rule holds for, from the repository's root. */
  readonly folder: string;
  /** Rooms of the same package that are out of bounds. */
  readonly neverRooms?: readonly string[];
  /** Rooms of the same package that may give types and nothing that runs. */
  readonly typesOnlyRooms?: readonly string[];
  /** True where the folders beside this one are out of bounds. */
  readonly neverSiblings?: boolean;
  /** Packages that are out of bounds; a trailing slash covers a whole scope. */
  readonly neverPackages?: readonly string[];
  /** When given, every import that is not relative has to match one of these patterns. */
  readonly onlyPackages?: readonly string[];
};

const TESTKIT = '@llmobserve/testkit';
const SQL_LIBRARIES = ['drizzle-orm', 'pg', '@electric-sql/pglite'];
const WEB_LIBRARIES = ['hono', 'hono-openapi', '@hono/'];
const SDK_OUTBOUND = ['queue', 'spool', 'transport'];
const SDK_INBOUND = ['wire', 'providers', 'capture', 'event'];
const ABOVE_SQL = ['http', 'services', 'jobs', 'outside', 'ingest'];

/** What each package may not import: imports go down only. */
export const PACKAGE_DIRECTIONS: readonly Direction[] = [
  { folder: 'packages/protocol/src', onlyPackages: [] },
  { folder: 'packages/pricing/src', onlyPackages: ['@llmobserve/protocol'] },
  { folder: 'packages/sdk/src', onlyPackages: ['node:*', 'node:*/**', '@llmobserve/protocol'] },
  { folder: 'packages/collector/src', neverPackages: ['llmobserve', '@llmobserve/dashboard', TESTKIT] },
  {
    folder: 'packages/dashboard/src',
    neverPackages: ['llmobserve', '@llmobserve/collector', '@llmobserve/pricing', TESTKIT, ...SQL_LIBRARIES, ...WEB_LIBRARIES],
  },
  { folder: 'packages/testkit/src', neverPackages: ['llmobserve', '@llmobserve/collector', '@llmobserve/dashboard'] },
  { folder: 'examples', neverPackages: ['@llmobserve/'] },
];

/** What each room may not import, on top of its package's own list. */
export const ROOM_DIRECTIONS: readonly Direction[] = [
  { folder: 'packages/sdk/src/attribution', neverRooms: ['carry', 'track', 'middleware', ...SDK_INBOUND, ...SDK_OUTBOUND] },
  { folder: 'packages/sdk/src/carry', neverRooms: ['track', 'middleware', ...SDK_INBOUND, ...SDK_OUTBOUND] },
  { folder: 'packages/sdk/src/track', neverRooms: ['middleware', 'wire', 'providers', ...SDK_OUTBOUND], typesOnlyRooms: ['capture'] },
  { folder: 'packages/sdk/src/middleware', neverRooms: [...SDK_INBOUND, ...SDK_OUTBOUND] },
  { folder: 'packages/sdk/src/wire', neverRooms: ['providers', 'capture', 'event', 'attribution', ...SDK_OUTBOUND] },
  { folder: 'packages/sdk/src/providers', neverRooms: ['capture', 'event', 'attribution', ...SDK_OUTBOUND], typesOnlyRooms: ['wire'] },
  { folder: 'packages/sdk/src/providers/*', neverSiblings: true },
  { folder: 'packages/sdk/src/capture', neverRooms: SDK_OUTBOUND },
  { folder: 'packages/sdk/src/event', neverRooms: ['wire', 'providers', ...SDK_OUTBOUND], typesOnlyRooms: ['capture'] },
  { folder: 'packages/sdk/src/edge', neverRooms: ['providers', 'event', 'attribution', 'queue', 'otel', 'middleware', 'cli'] },
  { folder: 'packages/sdk/src/cli', neverRooms: [...SDK_INBOUND, ...SDK_OUTBOUND, 'attribution'] },
  {
    folder: 'packages/sdk/src/otel',
    neverRooms: ['wire', 'providers', 'event', 'attribution', ...SDK_OUTBOUND],
    typesOnlyRooms: ['capture'],
  },
  { folder: 'packages/sdk/src/serverless', neverRooms: [...SDK_INBOUND, ...SDK_OUTBOUND] },
  { folder: 'packages/sdk/src/queue', neverRooms: [...SDK_INBOUND, 'spool', 'transport'] },
  { folder: 'packages/sdk/src/spool', neverRooms: [...SDK_INBOUND, 'queue', 'transport'] },
  { folder: 'packages/sdk/src/transport', neverRooms: [...SDK_INBOUND, 'queue', 'spool'] },
  { folder: 'packages/collector/src/http', neverRooms: ['store', 'outside', 'jobs'], neverPackages: SQL_LIBRARIES },
  {
    folder: 'packages/collector/src/ingest',
    neverRooms: ['http', 'services', 'jobs'],
    typesOnlyRooms: ['store'],
    neverPackages: [...SQL_LIBRARIES, ...WEB_LIBRARIES],
  },
  {
    folder: 'packages/collector/src/services',
    neverRooms: ['http', 'jobs'],
    typesOnlyRooms: ['store', 'outside'],
    neverPackages: [...SQL_LIBRARIES, ...WEB_LIBRARIES],
  },
  {
    folder: 'packages/collector/src/queries',
    neverRooms: ABOVE_SQL,
    neverPackages: ['pg', '@electric-sql/pglite', ...WEB_LIBRARIES],
  },
  { folder: 'packages/collector/src/store', neverRooms: [...ABOVE_SQL, 'queries'], neverPackages: WEB_LIBRARIES },
  { folder: 'packages/collector/src/jobs', neverRooms: ['http'], neverPackages: [...SQL_LIBRARIES, ...WEB_LIBRARIES] },
  { folder: 'packages/dashboard/src/charts', neverRooms: ['api', 'pages', 'filters'] },
  { folder: 'packages/dashboard/src/components', neverRooms: ['api', 'pages', 'filters'] },
  { folder: 'packages/dashboard/src/api', neverRooms: ['pages', 'charts', 'components'] },
  { folder: 'packages/dashboard/src/filters', neverRooms: ['pages', 'charts'] },
];
