import type { ModelPrices, PriceBookFile, ProviderSection } from '@llmobserve/pricing';

/** Writes a book as JSON with one price list a line, so that a change of price is a change of one line. */
export function formatBook(book: PriceBookFile): string {
  const sources = Object.entries(book.sources).map(([key, source]) => `    ${JSON.stringify(key)}: ${JSON.stringify(source)}`);
  return [
    '{',
    `  "version": ${JSON.stringify(book.version)},`,
    `  "publishedAt": ${JSON.stringify(book.publishedAt)},`,
    `  "sources": {\n${sources.join(',\n')}\n  },`,
    `  "providers": [\n${book.providers.map(formatSection).join(',\n')}\n  ]`,
    '}\n',
  ].join('\n');
}

function formatSection({ models, ...section }: ProviderSection): string {
  const head = JSON.stringify(section).slice(0, -1);
  return `    ${head}, "models": [\n${models.map(formatModel).join(',\n')}\n    ]}`;
}

function formatModel({ prices, ...model }: ModelPrices): string {
  const head = JSON.stringify(model).slice(0, -1);
  return `      ${head}, "prices": [\n${prices.map((list) => `        ${JSON.stringify(list)}`).join(',\n')}\n      ]}`;
}
