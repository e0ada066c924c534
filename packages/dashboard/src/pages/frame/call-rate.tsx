import { useApi, useLive } from '../../api/index.ts';
import { describeRate } from './describe-rate.ts';
import { useTick } from './use-tick.ts';

/** How many calls come in a minute, as far as this page has listened. */
export function CallRate() {
  const live = useLive();
  const { clock } = useApi();
  useTick(5000);
  const rate = describeRate(live, clock.nowMs());
  return (
    <div className="rate">
      <span className={`dot ${rate.dot}`} aria-hidden="true" />
      {rate.text}
    </div>
  );
}
