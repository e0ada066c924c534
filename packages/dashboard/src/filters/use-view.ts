import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

import { useApi, useSession } from '../api/index.ts';
import { readView, writeView } from './view-url.ts';
import type { Search } from './view-url.ts';
import { resolveRange } from './resolve-range.ts';
import type { Range } from './resolve-range.ts';
import type { View } from './view.ts';

export type ChangeView = (change: Partial<View>, options?: { readonly isTyping?: boolean }) => void;

/** The view as the URL has it, and a way to change it; each change is a step that "back" undoes, save while typing. */
export function useView(): readonly [View, ChangeView] {
  const search: Search = useSearch({ strict: false });
  const navigate = useNavigate();
  const view = useMemo(() => readView(search), [search]);
  const change = useCallback<ChangeView>(
    (part, options = {}) => {
      void navigate({ to: '.', search: writeView({ ...view, ...part }), replace: options.isTyping ?? false, resetScroll: false });
    },
    [navigate, view],
  );
  return [view, change];
}

/** The view's range as exact days of the workspace's time zone. */
export function useRange(): Range {
  const [view] = useView();
  const { clock } = useApi();
  const timeZone = useSession()?.workspace.timeZone ?? 'UTC';
  const { from, to, interval, label, shortLabel } = resolveRange(view.range, clock.nowMs(), timeZone);
  // Made of texts, so that what depends on it is made anew only when a day or an hour has passed.
  return useMemo(() => ({ from, to, interval, timeZone, label, shortLabel }), [from, to, interval, timeZone, label, shortLabel]);
}
