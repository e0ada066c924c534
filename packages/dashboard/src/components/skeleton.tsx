import { useLate } from './use-late.ts';

const BAR_HEIGHTS = [71, 68, 42, 46, 73, 75, 70, 78, 78, 48, 51, 82, 74, 70, 44, 47, 76, 72, 80, 69] as const;
const ROW_WIDTHS = [96, 72, 84, 64, 90, 70, 58, 80] as const;

type SkeletonProps = { readonly label: string };

/** A figure that is on its way. */
export function FigureSkeleton({ label }: SkeletonProps) {
  const isLate = useLate(true);
  return (
    <div role="status" aria-busy="true" aria-label={`${label}: loading`} style={{ height: 76 }}>
      {isLate && (
        <>
          <span className="skeleton mt-2" style={{ width: 212, height: 34 }} />
          <span className="skeleton mt-4" style={{ width: 120, height: 10 }} />
        </>
      )}
    </div>
  );
}

/** A chart that is on its way, in the size it will have. */
export function ChartSkeleton({ label, height }: SkeletonProps & { readonly height: number }) {
  const isLate = useLate(true);
  return (
    <div className="skeleton-bars" role="status" aria-busy="true" aria-label={`${label}: loading`} style={{ height }}>
      {isLate &&
        BAR_HEIGHTS.map((percent, index) => <span key={`${index}-${percent}`} className="skeleton" style={{ height: `${percent}%` }} />)}
    </div>
  );
}

/** Rows that are on their way. */
export function RowsSkeleton({ label, rows }: SkeletonProps & { readonly rows: number }) {
  const isLate = useLate(true);
  return (
    <div role="status" aria-busy="true" aria-label={`${label}: loading`} style={{ minHeight: rows * 36 }}>
      {isLate &&
        Array.from({ length: rows }, (_, index) => (
          <div key={index} className="skeleton-row">
            <span className="skeleton" style={{ width: ROW_WIDTHS[index % ROW_WIDTHS.length], height: 10 }} />
            <span className="skeleton" style={{ width: 62, height: 10 }} />
          </div>
        ))}
    </div>
  );
}
