import { changeOf } from './change-text.ts';
import { Icon } from './icon.tsx';

/** Arrow and per cent in plain ink: more cost is not bad by itself. */
export function Change({ current, previous }: { readonly current: bigint; readonly previous: bigint | undefined }) {
  const change = changeOf(current, previous);
  if (!change) return null;
  if (change.direction === 'flat') return <span className="flat">{change.text}</span>;
  return (
    <span className={change.direction === 'up' ? 'rise' : 'fall'}>
      <Icon name={change.direction === 'up' ? 'rise' : 'fall'} />
      <span className="sr-only">{change.direction} </span>
      {change.text}
    </span>
  );
}
