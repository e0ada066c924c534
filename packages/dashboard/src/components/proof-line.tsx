import type { Proof } from '@llmobserve/protocol';
import type { ReactNode } from 'react';

import { countOf, countText } from './count-text.ts';
import { Floating } from './floating.tsx';
import { Icon } from './icon.tsx';
import { coverageText, portionText } from './share-text.ts';

export type ProofLineProps = {
  readonly proof: Proof | undefined;
  /** True when the counts were asked for and did not come. */
  readonly hasFailed?: boolean;
  /** How fresh the figures are, in words. */
  readonly freshness?: string | undefined;
  /** Where unattributed calls are shown. */
  readonly findRest?: ReactNode;
};

/** How complete the page's figures are; the same line in the same place on every page. */
export function ProofLine({ proof, hasFailed = false, freshness, findRest }: ProofLineProps) {
  if (!proof) {
    return (
      <section className="proof" aria-label="Proof" aria-busy={!hasFailed}>
        <span className="proof-part quiet">{hasFailed ? 'How complete these figures are is not known right now' : 'Counting calls'}</span>
      </section>
    );
  }
  const { received, lost } = proof;
  return (
    <section className="proof" aria-label="Proof">
      <span className="proof-part">
        <Icon name="shield" />
        <Part name="received" value={countText(received)} word={received === 1 ? 'call received' : 'calls received'}>
          Calls of this range that the collector stored together with their cost. Each is counted once, however often it was sent.
        </Part>
      </span>
      {/* Shares of nothing would claim a completeness that nobody has proven. */}
      {received > 0 && <Shares proof={proof} findRest={findRest} />}
      <Part name="lost" value={countText(lost)} word="lost">
        {lost === 0
          ? 'No SDK reported an event it could not deliver.'
          : `${countOf(lost, 'event')} never arrived: SDKs counted them when a queue was full or a process ended. Their cost is missing here.`}
      </Part>
      {freshness && <span className="end hide-small">{freshness}</span>}
    </section>
  );
}

function Shares({ proof, findRest }: { readonly proof: Proof; readonly findRest: ReactNode }) {
  const { received, unpriced, unattributed, estimated } = proof;
  return (
    <>
      <Part name="priced" value={coverageText(received - unpriced, received)} word="priced">
        {unpriced === 0
          ? 'Every call has a dated rate for all it used.'
          : `${countOf(unpriced, 'call')} used a model or unit without a rate. They count with what could be priced; their models are named on the Live page.`}
      </Part>
      <span className="proof-part">
        <Part name="attributed" value={coverageText(received - unattributed, received)} word="attributed">
          {unattributed === 0
            ? 'Every call names its customer.'
            : `${countOf(unattributed, 'call')} named no customer. Wrap the request that makes them in withCustomer().`}
        </Part>
        {unattributed > 0 && findRest}
      </span>
      <Part name="estimated" value={portionText(estimated, received)} word="estimated">
        {estimated === 0
          ? 'The provider reported the usage of every call.'
          : `${countOf(estimated, 'call')} ended without usage from the provider, for instance a cancelled stream. We counted their tokens ourselves.`}
      </Part>
    </>
  );
}

type PartProps = { readonly name: string; readonly value: string; readonly word: string; readonly children: ReactNode };

function Part({ name, value, word, children }: PartProps) {
  return (
    <Floating
      label={`What ${name} means`}
      trigger={
        <button type="button" className="proof-part proof-button" data-proof={name}>
          <b>{value}</b> {word}
        </button>
      }
    >
      <h2>
        {value} {word}
      </h2>
      <p>{children}</p>
    </Floating>
  );
}
