import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Hono, type Context } from 'hono';

import { notFound } from '../../../services/index.ts';
import type { AppEnv } from '../../app-env.ts';
import type { Services } from '../../services.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
};
/** What the file system says of a path at which no file lies. */
const MISSING: ReadonlySet<string> = new Set(['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG']);
const HASHED_FOLDER = '/assets/';
const NOT_BUILT = 'The dashboard is not built. Run `npm run build`, then start the collector again.\n';

/** Everything else: the dashboard's files, and its one page for every path that is a page. */
export function getPage({ settings }: Pick<Services, 'settings'>): Hono<AppEnv> {
  return new Hono<AppEnv>().get('*', async (c) => {
    const path = pathOf(c);
    if (path === undefined || isReserved(path)) throw notFound();
    if (extname(path) === '' || isDeepPage(path)) return answerIndex(c, settings.dashboardDir);
    const type = MEDIA_TYPES[extname(path)];
    const file = type === undefined ? undefined : await readIfThere(join(settings.dashboardDir, path));
    if (!file || type === undefined) throw notFound();
    const caching = path.startsWith(HASHED_FOLDER) ? 'public, max-age=31536000, immutable' : 'no-cache';
    return c.body(file, 200, { 'Content-Type': type, 'Cache-Control': caching });
  });
}

async function answerIndex(c: Context<AppEnv>, dashboardDir: string): Promise<Response> {
  const index = await readIfThere(join(dashboardDir, 'index.html'));
  if (!index) return c.text(NOT_BUILT, 503);
  return c.body(index, 200, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache' });
}

/** The decoded path without dot segments, or `undefined` for one that no file of ours can have. */
function pathOf(c: Context<AppEnv>): string | undefined {
  try {
    const path = normalize(decodeURIComponent(c.req.path));
    return path.startsWith('/') && !path.includes('\0') && !path.split(sep).includes('..') ? path : undefined;
  } catch {
    return undefined;
  }
}

/** A customer's id may end like a file; the dashboard's files lie at the top and among the assets. */
function isDeepPage(path: string): boolean {
  return path.lastIndexOf('/') > 0 && !path.startsWith(HASHED_FOLDER);
}

function isReserved(path: string): boolean {
  return /^\/(v1|auth)(\/|$)/.test(path);
}

async function readIfThere(file: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await readFile(file));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (typeof code === 'string' && MISSING.has(code)) return undefined;
    throw error;
  }
}
