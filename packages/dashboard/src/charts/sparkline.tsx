import { sparkPath, trendWord } from './spark-path.ts';

/** Cost of the last days at a glance, on its own scale. */
export function Sparkline({ values, label }: { readonly values: readonly bigint[]; readonly label: string }) {
  const path = sparkPath(values);
  return (
    <svg className="sparkline" viewBox="0 0 76 22" role="img" aria-label={`${label}, ${trendWord(values)}`}>
      <path className="area" d={path.area} />
      <path d={path.line} />
      <circle cx={path.end.x} cy={path.end.y} r="1.9" />
    </svg>
  );
}
