import { Link } from '@tanstack/react-router';

import { Notice } from '../../components/index.ts';
import { countFilters, useView } from '../../filters/index.ts';
import type { Range } from '../../filters/index.ts';

/** No calls in this range: says whether filters, the range or the start is why, and offers the way on. */
export function NoCalls({ range }: { readonly range: Range }) {
  const [view, change] = useView();
  if (countFilters(view.filters) > 0) {
    return (
      <Notice
        icon="search"
        title="Nothing matches these filters"
        actions={
          <button type="button" className="button small" onClick={() => change({ filters: {} })}>
            Clear all
          </button>
        }
      >
        No call fits all of them ({range.label}).
      </Notice>
    );
  }
  const is90Days = 'preset' in view.range && view.range.preset === '90d';
  return (
    <Notice
      icon="live"
      title="No calls yet"
      actions={
        <>
          <Link className="button primary small" to="/get-started" search={{}}>
            Connect your app
          </Link>
          {!is90Days && (
            <button type="button" className="button small" onClick={() => change({ range: { preset: '90d' } })}>
              Look at 90 days
            </button>
          )}
        </>
      }
    >
      Nothing came in ({range.label}). Three lines in your app make its model and vector calls appear here with their cost.
    </Notice>
  );
}
