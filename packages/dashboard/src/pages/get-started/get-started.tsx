import { useRouteContext } from '@tanstack/react-router';
import { useState } from 'react';

import { useApi, useLive } from '../../api/index.ts';
import { CopyButton, Icon } from '../../components/index.ts';
import { useTitle } from '../panels/index.ts';
import { FirstCall } from './first-call.tsx';
import { Steps } from './steps.tsx';

/** Three steps to the first priced call, which appears beside them as soon as it happens. */
export function GetStarted() {
  const firstKey = useRouteContext({ from: '/signed-in/get-started' }).pages.firstKey.read();
  useTitle('Get started');
  const { clock } = useApi();
  const live = useLive();
  const [sinceMs] = useState(() => clock.nowMs());
  const first = live.events.at(-1);
  return (
    <>
      <header className="page-top">
        <span className="crumb">Get started</span>
      </header>
      <div className="start page-pad">
        <div>
          <div className="start-intro">
            <h1>See what one customer costs you</h1>
            <p>Three steps. The first priced call appears here as soon as it happens.</p>
          </div>
          {firstKey && <FirstKey apiKey={firstKey} />}
          <Steps apiKey={firstKey} isDone={first !== undefined} collectorUrl={globalThis.location.origin} />
        </div>
        <FirstCall
          isFirst={firstKey !== undefined}
          call={first}
          listeningSinceMs={live.listeningSinceMs ?? sinceMs}
          isListening={live.state === 'open'}
        />
      </div>
    </>
  );
}

function FirstKey({ apiKey }: { readonly apiKey: string }) {
  return (
    <section className="key-card" aria-label="Your first key">
      <h2>
        <Icon name="key" />
        Your first key
      </h2>
      <p className="soft">It can send and read. Shown this once: copy it now.</p>
      <div className="key-row">
        <code className="key-text mono" data-testid="first-key">
          {apiKey}
        </code>
        <CopyButton text={apiKey} label="Copy key" caption="Copy key" className="button primary" />
        <CopyButton text={`LLMOBSERVE_API_KEY=${apiKey}`} label="Copy as .env line" caption="Copy as .env line" className="button" />
      </div>
    </section>
  );
}
