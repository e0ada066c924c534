import type { UnpricedModel } from '@llmobserve/protocol';
import { useMemo } from 'react';

import { useApi, useUnpriced } from '../../api/index.ts';
import { countText, LedgerTable } from '../../components/index.ts';
import type { LedgerColumn } from '../../components/index.ts';
import { agoText } from '../../filters/index.ts';

/** Models that came without a rate; nothing is shown while there are none. */
export function UnpricedModels() {
  const { clock } = useApi();
  const models = useUnpriced().data ?? [];
  const nowMs = clock.nowMs();
  const columns = useMemo<readonly LedgerColumn<UnpricedModel>[]>(
    () => [
      { id: 'model', header: 'Model', cell: (row) => row.model ?? <span className="quiet">no model</span> },
      { id: 'provider', header: 'Provider', isText: true, cell: (row) => row.provider },
      { id: 'calls', header: 'Calls', cell: (row) => countText(row.calls) },
      { id: 'last', header: 'Last call', isWide: true, cell: (row) => agoText(nowMs - Date.parse(row.lastSeenAt)) },
    ],
    [nowMs],
  );
  if (models.length === 0) return null;
  return (
    <section className="section" aria-label="Models without a price">
      <div className="section-head">
        <h2>Models without a price</h2>
        <p>Their calls count with what could be priced. They are priced once the book knows their rate.</p>
      </div>
      <LedgerTable caption="Models without a price" columns={columns} rows={models} rowId={(row) => `${row.provider} ${row.model ?? ''}`} />
    </section>
  );
}
