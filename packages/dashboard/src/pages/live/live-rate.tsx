import type { LiveSnapshot } from '../../api/index.ts';
import { describeRate, useTick } from '../frame/index.ts';

/** The pace of incoming calls, beside the title. */
export function LiveRate({ live, nowMs }: { readonly live: LiveSnapshot; readonly nowMs: number }) {
  useTick(1000);
  const rate = describeRate(live, nowMs);
  return (
    <span className="pill" role="status">
      <span className={`dot ${rate.dot}`} aria-hidden="true" />
      {rate.text}
    </span>
  );
}
