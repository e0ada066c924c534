import { PACKAGE_DIRECTIONS, ROOM_DIRECTIONS, type Direction } from './directions.ts';

/** One pattern of oxlint's `no-restricted-imports`. */
type Pattern = {
  readonly message: string;
  readonly regex?: string;
  readonly group?: string[];
  readonly allowTypeImports?: boolean;
};

type Override = {
  readonly files: string[];
  readonly rules: { readonly 'no-restricted-imports': ['error', { readonly patterns: Pattern[] }] };
};

/**
 * The directions as oxlint overrides. A room repeats its package's patterns, because the last override that fits replaces the
 * others; it names its own first, because oxlint stops at the first pattern that lets an import through.
 */
export function restrictImports(): Override[] {
  const rooms = ROOM_DIRECTIONS.map((room) => {
    const home = PACKAGE_DIRECTIONS.find((direction) => room.folder.startsWith(direction.folder));
    return toOverride(room.folder, [...toPatterns(room), ...(home ? toPatterns(home) : [])]);
  });
  return [...PACKAGE_DIRECTIONS.map((direction) => toOverride(direction.folder, toPatterns(direction))), ...rooms];
}

function toOverride(folder: string, patterns: Pattern[]): Override {
  return { files: [`${folder}/**`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

function toPatterns(direction: Direction): Pattern[] {
  const { folder, neverRooms = [], typesOnlyRooms = [], neverPackages = [], onlyPackages } = direction;
  return [
    ...neverRooms.map((room) => ({ regex: roomRegex(room), message: `${folder} may not import ${room}: imports go one way.` })),
    ...typesOnlyRooms.map((room) => ({
      regex: roomRegex(room),
      allowTypeImports: true,
      message: `${folder} may take types from ${room}, nothing that runs: ask for it as deps.`,
    })),
    ...neverPackages.map((name) => ({ regex: packageRegex(name), message: `${folder} may not import ${name}.` })),
    ...(onlyPackages ? [onlyPattern(folder, onlyPackages)] : []),
  ];
}

function roomRegex(room: string): string {
  return String.raw`^(\.\./)+${room}/`;
}

function packageRegex(name: string): string {
  return name.endsWith('/') ? `^${name}` : `^${name}(/|$)`;
}

function onlyPattern(folder: string, allowed: readonly string[]): Pattern {
  const named = allowed.length > 0 ? allowed.join(', ') : 'its own files';
  return {
    group: ['*', '*/**', '@*/**', '!./**', '!../**', ...allowed.map((name) => `!${name}`)],
    message: `${folder} may import nothing but ${named}.`,
  };
}
