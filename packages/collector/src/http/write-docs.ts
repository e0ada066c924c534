import { html } from 'hono/html';

type HtmlText = ReturnType<typeof html>;

/** The parts of an OpenAPI description that the page shows. */
export type ShownSpecs = {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string };
  readonly paths: Readonly<Record<string, object | undefined>>;
};

type Operation = {
  readonly summary?: string;
  readonly security?: readonly { readonly [scheme: string]: readonly string[] }[];
  readonly parameters?: readonly { readonly name?: string; readonly description?: string }[];
  readonly responses?: object;
};

const METHODS = ['get', 'post', 'delete'] as const;

/** Writes the description as a plain page: no script, no style of its own, nothing from elsewhere. */
export function writeDocs({ info, paths }: ShownSpecs): HtmlText {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${info.title}</title>
      </head>
      <body>
        <h1>${info.title} ${info.version}</h1>
        <p>${info.description ?? ''} For tools: <a href="/openapi.json">/openapi.json</a>.</p>
        ${Object.entries(paths).flatMap(([path, methods]) => operationsOf(methods).map(([method, operation]) => writeOperation(`${method} ${path}`, operation)))}
      </body>
    </html>`;
}

function operationsOf(methods: object | undefined): readonly (readonly [string, Operation])[] {
  const byMethod: { readonly [method in (typeof METHODS)[number]]?: Operation } = methods ?? {};
  return METHODS.flatMap((method) => {
    const operation = byMethod[method];
    return operation ? [[method.toUpperCase(), operation] as const] : [];
  });
}

function writeOperation(route: string, { summary, security = [], parameters = [], responses = {} }: Operation): HtmlText {
  const scopes = security.flatMap((one) => Object.values(one)).flat();
  return html`<h2><code>${route}</code></h2>
    <p>${summary ?? ''}</p>
    <p>
      ${security.length === 0 ? 'Open to everyone.' : `For a key${scopes.length > 0 ? ` with the scope ${scopes.join(', ')}` : ''}, or a session.`}
      Answers: ${Object.keys(responses).join(', ')}.
    </p>
    <ul>
      ${parameters.map(({ name = '', description = '' }) => html`<li><code>${name}</code> ${description}</li>`)}
    </ul>`;
}
