export const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const;
export type PackageManager = (typeof PACKAGE_MANAGERS)[number];

/** A stretch of code and how it is coloured. */
export type SnippetPart = { readonly text: string; readonly kind?: 'word' | 'text' | 'key' };

const PACKAGE_NAME = 'llmobserve';

const INSTALL_WORDS: Readonly<Record<PackageManager, string>> = { npm: 'npm install', pnpm: 'pnpm add', yarn: 'yarn add', bun: 'bun add' };

/** How the SDK gets into an app. */
export function installCommand(manager: PackageManager): string {
  return `${INSTALL_WORDS[manager]} ${PACKAGE_NAME}`;
}

/** How the SDK is started; without a key in hand it reads the environment variable. */
export function initSnippet(input: { readonly apiKey: string | undefined; readonly collectorUrl: string }): readonly SnippetPart[] {
  const key: readonly SnippetPart[] = input.apiKey ? [{ text: "apiKey: '" }, { text: input.apiKey, kind: 'key' }, { text: "', " }] : [];
  return [
    ...importOf('init'),
    { text: 'init({ ' },
    ...key,
    { text: 'collectorUrl: ' },
    { text: `'${input.collectorUrl}'`, kind: 'text' },
    { text: ' })' },
  ];
}

/** How a request is told whose it is. */
export function customerSnippet(): readonly SnippetPart[] {
  return [
    ...importOf('withCustomer'),
    { text: 'await', kind: 'word' },
    { text: ' withCustomer(' },
    { text: "'acme'", kind: 'text' },
    { text: ', () => openai.responses.create({ … }))' },
  ];
}

function importOf(name: string): readonly SnippetPart[] {
  return [
    { text: 'import', kind: 'word' },
    { text: ` { ${name} } ` },
    { text: 'from', kind: 'word' },
    { text: ` '${PACKAGE_NAME}'`, kind: 'text' },
    { text: '\n\n' },
  ];
}
