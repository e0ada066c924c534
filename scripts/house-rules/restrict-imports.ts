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
 * The directions as oxlint overrides. A folder repeats the patterns of the folders around it, because the last override that fits
 * replaces the others; its own come first, because oxlint stops at the first pattern that lets an import through.
 */
export function restrictImports(): Override[] {
  const directions = [...PACKAGE_DIRECTIONS, ...ROOM_DIRECTIONS];
  return directions.map(({ folder }) => {
    const around = directions.filter((direction) => folder === direction.folder || folder.startsWith(`${direction.folder}/`));
    return toOverride(folder, around.toReversed().flatMap(toPatterns));
  });
}

function toOverride(folder: string, patterns: Pattern[]): Override {
  return { files: [`${folder}/**`], rules: { 'no-restricted-imports': ['error', { patterns }] } };
}

function toPatterns(direction: Direction): Pattern[] {
  const { folder, neverRooms = [], typesOnlyRooms = [], neverSiblings, neverPackages = [], onlyPackages } = direction;
  return [
    ...neverRooms.map((room) => ({ regex: roomRegex(room), message: `${folder} may not import ${room}: imports go one way.` })),
    ...typesOnlyRooms.map((room) => ({
      regex: roomRegex(room),
      allowTypeImports: true,
      message: `${folder} may take types from ${room}, nothing that runs: ask for it as deps.`,
    })),
    ...(neverSiblings ? [{ regex: String.raw`^\.\./[\w-]+/`, message: `${folder} may not import the folders beside it.` }] : []),
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
