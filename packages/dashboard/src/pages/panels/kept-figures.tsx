import type { UseQueryResult } from '@tanstack/react-query';

import { useApi, useSession } from '../../api/index.ts';
import { Icon } from '../../components/index.ts';
import { momentText } from '../../filters/index.ts';

type KeptFiguresProps = { readonly query: Pick<UseQueryResult, 'isError' | 'data' | 'dataUpdatedAt' | 'refetch'> };

/** Figures that could not be refreshed stay, and say from when they are. */
export function KeptFigures({ query }: KeptFiguresProps) {
  const { clock } = useApi();
  const timeZone = useSession()?.workspace.timeZone ?? 'UTC';
  if (!query.isError || query.data === undefined) return null;
  return (
    <div className="kept-figures" role="status">
      <div className="note warn">
        <Icon name="warning" />
        <span>
          <b>Not refreshed.</b> The figures below are from {momentText(query.dataUpdatedAt, clock.nowMs(), timeZone)}.
        </span>
        <button type="button" className="button small end" onClick={() => void query.refetch()}>
          Try again
        </button>
      </div>
    </div>
  );
}
