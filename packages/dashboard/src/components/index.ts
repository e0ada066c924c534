// Money and counts, written.
export { axisLabels, columnDecimals, figureDecimals, legendDecimals, moneyText } from './money-text.ts';
export { readPreviousUsd, readUsd } from './read-usd.ts';
export { countOf, countText, durationText, usageText } from './count-text.ts';
export { shareOf, shareText } from './share-text.ts';
export { dayText, monthText, weekdayText } from './day-text.ts';

// Figures, drawn.
export { Money } from './money.tsx';
export { Change } from './change.tsx';
export { Share } from './share.tsx';
export { ProofLine } from './proof-line.tsx';
export { LedgerTable } from './ledger-table.tsx';
export type { LedgerColumn, LedgerSort } from './ledger-table.tsx';

// Controls.
export { Icon, Logo } from './icon.tsx';
export type { IconName } from './icon.tsx';
export { Segments } from './segments.tsx';
export { Floating } from './floating.tsx';
export { CopyButton } from './copy-button.tsx';

// States.
export { Failure, Notice } from './notice.tsx';
export { ChartSkeleton, FigureSkeleton, RowsSkeleton } from './skeleton.tsx';
