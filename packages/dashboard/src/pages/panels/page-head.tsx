import type { Proof } from '@llmobserve/protocol';
import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import type { ReactNode } from 'react';

import { useApi, useLive } from '../../api/index.ts';
import { ProofLine } from '../../components/index.ts';
import { agoText, carriedView, useView, writeView } from '../../filters/index.ts';
import { useTick } from '../frame/index.ts';

/** Title and toolbar, in the same order on every page. */
export function PageHead({ title, children }: { readonly title: string; readonly children?: ReactNode }) {
  useTitle(title);
  return (
    <>
      <header className="page-top">
        <h1>{title}</h1>
      </header>
      {children}
    </>
  );
}

/** Names the page in the browser's tab. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · LLMObserve`;
  }, [title]);
}

type PageProofProps = { readonly proof: Proof | undefined; readonly hasFailed: boolean; readonly hasRest?: boolean };

/** The proof line with the age of the newest call and the way to the unattributed ones. */
export function PageProof({ proof, hasFailed, hasRest = true }: PageProofProps) {
  const [view] = useView();
  const { clock } = useApi();
  const [newest] = useLive().events;
  useTick(1000);
  const freshness = newest && `Newest call ${agoText(clock.nowMs() - Date.parse(newest.startedAt))}`;
  return (
    <ProofLine
      proof={proof}
      hasFailed={hasFailed}
      freshness={freshness}
      findRest={
        hasRest && (
          <Link className="link" to="/unattributed" search={writeView({ ...carriedView(view), filters: {} })}>
            find the rest
          </Link>
        )
      }
    />
  );
}
