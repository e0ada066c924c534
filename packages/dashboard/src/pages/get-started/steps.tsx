import { isApiKey, maskApiKey } from '@llmobserve/protocol';
import { useState } from 'react';
import type { ReactNode } from 'react';

import { CopyButton, Icon, Segments } from '../../components/index.ts';
import { customerSnippet, initSnippet, installCommand, PACKAGE_MANAGERS } from './snippets.ts';
import type { PackageManager, SnippetPart } from './snippets.ts';

export type StepsProps = { readonly apiKey: string | undefined; readonly collectorUrl: string; readonly isDone: boolean };

/** Install, start, name the customer: with the key filled in while it is known. */
export function Steps({ apiKey, collectorUrl, isDone }: StepsProps) {
  const [manager, setManager] = useState<PackageManager>('npm');
  const start = initSnippet({ apiKey, collectorUrl });
  const shown = initSnippet({ apiKey: apiKey && maskedKey(apiKey), collectorUrl });
  const customer = customerSnippet();
  return (
    <ol className="start-steps">
      <Step number={1} title="Install" isDone={isDone}>
        <Segments
          label="Package manager"
          className="small"
          segments={PACKAGE_MANAGERS.map((value) => ({ value, label: value }))}
          value={manager}
          onChange={setManager}
        />
        <Code label="Install command" parts={[{ text: installCommand(manager) }]} />
      </Step>
      <Step number={2} title="Start it before your app" isDone={isDone}>
        <p className="soft">
          {apiKey
            ? 'Your key is already filled in. Keep it in an environment variable.'
            : 'Keep the key in the environment variable LLMOBSERVE_API_KEY.'}
        </p>
        <Code label="Start code" parts={shown} copied={start} />
        <p className="quiet step-note">
          No code change at all: <span className="mono soft">node --import llmobserve/register app.js</span>
        </p>
      </Step>
      <Step number={3} title="Name the customer" isDone={isDone}>
        <p className="soft">Everything called inside belongs to that customer, across awaits, tools and agents.</p>
        <Code label="Customer code" parts={customer} />
      </Step>
    </ol>
  );
}

type StepProps = { readonly number: number; readonly title: string; readonly isDone: boolean; readonly children: ReactNode };

function Step({ number, title, isDone, children }: StepProps) {
  return (
    <li className={isDone ? 'is-done' : number === 1 ? 'is-now' : undefined}>
      <span className="step-number">{isDone ? <Icon name="check" /> : number}</span>
      <div>
        <h2>{title}</h2>
        {children}
      </div>
    </li>
  );
}

type CodeProps = { readonly label: string; readonly parts: readonly SnippetPart[]; readonly copied?: readonly SnippetPart[] };

function Code({ label, parts, copied = parts }: CodeProps) {
  return (
    <div className="code-box">
      <pre className="code" tabIndex={0} role="group" aria-label={label}>
        {parts.map((part, index) => (
          <CodePart key={index} part={part} />
        ))}
      </pre>
      <CopyButton text={copied.map((part) => part.text).join('')} label={`Copy ${label.toLowerCase()}`} />
    </div>
  );
}

function CodePart({ part }: { readonly part: SnippetPart }) {
  if (part.kind === 'key') return <mark>{part.text}</mark>;
  if (part.kind === undefined) return part.text;
  return <span className={part.kind === 'word' ? 'k' : 's'}>{part.text}</span>;
}

/** The whole key is only in what is copied. */
function maskedKey(key: string): string {
  if (!isApiKey(key)) return key;
  const { prefix, last4 } = maskApiKey(key);
  return `${prefix}…${last4}`;
}
