import type { LiveEvent } from '@llmobserve/protocol';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

import { useSession } from '../../api/index.ts';
import { columnDecimals, durationText, Icon, Money, readUsd, usageText } from '../../components/index.ts';
import { clockText } from '../../filters/index.ts';
import { callReasons, liveRow } from '../calls/index.ts';

export type FirstCallProps = {
  readonly isFirst: boolean;
  readonly call: LiveEvent | undefined;
  readonly listeningSinceMs: number;
  readonly isListening: boolean;
};

/** An empty receipt that fills itself with the first call. */
export function FirstCall({ call, isFirst, listeningSinceMs, isListening }: FirstCallProps) {
  const timeZone = useSession()?.workspace.timeZone ?? 'UTC';
  const since = clockText(listeningSinceMs, timeZone);
  return (
    <aside className="start-wait" aria-label="First call">
      <div className="card slip">
        <div className="slip-head">
          {call ? <Icon name="done" className="good" /> : <span className="pulse" aria-hidden="true" />}
          <div role="status">
            <h2>{titleOf(call !== undefined, isFirst)}</h2>
            <p className="quiet">
              {call
                ? `Made at ${clockText(Date.parse(call.startedAt), timeZone)}`
                : isListening
                  ? `Listening since ${since}`
                  : 'Connecting'}
            </p>
          </div>
        </div>
        {call ? <Receipt call={call} /> : <EmptyReceipt />}
      </div>
      {call ? (
        <Link className="button primary" to="/" search={{}}>
          Go to the overview
        </Link>
      ) : (
        <div className="note">
          <Icon name="clock" />
          <span>
            <b>Nothing after a minute?</b> Set <span className="mono no-wrap">debug: true</span> in init(): the SDK then says what it sees
            and what stands in the way.
          </span>
        </div>
      )}
    </aside>
  );
}

function titleOf(isSeen: boolean, isFirst: boolean): string {
  if (isSeen) return isFirst ? 'Your first call is priced' : 'A priced call came in';
  return isFirst ? 'Waiting for your first call' : 'Waiting for a call';
}

function Receipt({ call }: { readonly call: LiveEvent }) {
  const row = liveRow(call);
  const reasons = callReasons(row);
  return (
    <>
      <dl className="slip-lines">
        <Line term="Customer">{row.customer ?? <span className="pill warn">unattributed</span>}</Line>
        <Line term="Model">{row.model}</Line>
        <Line term="Usage">{usageText(row.usage)}</Line>
        <Line term="Took">{row.durationMs === undefined ? 'not known' : durationText(row.durationMs)}</Line>
        <Line term="Cost" isTotal>
          <Money pico={readUsd(call.costUsd)} decimals={columnDecimals([readUsd(call.costUsd)], 8)} />
        </Line>
      </dl>
      {reasons.length > 0 && <p className="slip-reasons soft">{reasons.join(' ')}</p>}
    </>
  );
}

const GHOST_WIDTHS = { Customer: 64, Model: 118, Usage: 92, Took: 48 } as const;

function EmptyReceipt() {
  return (
    <dl className="slip-lines">
      {Object.entries(GHOST_WIDTHS).map(([term, width]) => (
        <Line key={term} term={term}>
          <span className="ghost-bar" style={{ width }} />
          <span className="sr-only">not known yet</span>
        </Line>
      ))}
      <Line term="Cost" isTotal>
        <span className="quiet">
          $<span aria-hidden="true">–.––––––––</span>
          <span className="sr-only">not known yet</span>
        </span>
      </Line>
    </dl>
  );
}

type LineProps = { readonly term: string; readonly isTotal?: boolean; readonly children: ReactNode };

function Line({ term, isTotal = false, children }: LineProps) {
  return (
    <div className={isTotal ? 'is-total' : undefined}>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}
