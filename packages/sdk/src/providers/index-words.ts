/** Turns lists of words under a name each into the name of each word. */
export function indexWords(lists: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(lists).flatMap(([name, words]) => words.split(' ').map((word) => [word, name] as const)));
}
