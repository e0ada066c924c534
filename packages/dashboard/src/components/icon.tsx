const PATHS = {
  overview: 'M2 13.5h12M4 13.5V9M8 13.5V3M12 13.5V6.5',
  customers:
    'M8.5 5.5a2.5 2.5 0 1 1-5 0a2.5 2.5 0 0 1 5 0M1.5 13.5c.4-2.6 2.2-4 4.5-4s4.1 1.4 4.5 4M10.5 3.2a2.5 2.5 0 0 1 0 4.6M12 9.9c1.4.5 2.3 1.8 2.5 3.6',
  live: 'M1.5 8h3l2-5 3 10 2-5h3',
  rise: 'M8 13V3.5M3.8 7.5 8 3.3l4.2 4.2',
  fall: 'M8 3v9.5M3.8 8.5 8 12.7l4.2-4.2',
  shield: 'M8 2 3 4v3.8c0 3 2 5.2 5 6.2 3-1 5-3.2 5-6.2V4zM5.8 8l1.6 1.6 2.9-3.1',
  table: 'M2.5 3.5h11v9h-11zM2.5 6.5h11M6.5 6.5v6',
  chart: 'M2 13.5h12M4 13.5V9M8 13.5V3M12 13.5V6.5',
  code: 'm5.5 4.5-3.5 3.5 3.5 3.5M10.5 4.5l3.5 3.5-3.5 3.5',
  download: 'M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13.5h10',
  close: 'm4 4 8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  chevron: 'm5 6.5 3 3 3-3',
  search: 'M11.5 7a4.5 4.5 0 1 1-9 0a4.5 4.5 0 0 1 9 0M10.5 10.5l3 3',
  copy: 'M7 5.5h5a1.5 1.5 0 0 1 1.5 1.5v5a1.5 1.5 0 0 1-1.5 1.5H7A1.5 1.5 0 0 1 5.5 12V7A1.5 1.5 0 0 1 7 5.5M10.5 5.5v-2a1 1 0 0 0-1-1h-6a1 1 0 0 0-1 1v6a1 1 0 0 0 1 1h2',
  check: 'm3 8.5 3.3 3.3L13 5',
  done: 'M14 8a6 6 0 1 1-12 0a6 6 0 0 1 12 0M5.3 8.2l1.9 1.9 3.5-3.8',
  clock: 'M13.8 8a5.8 5.8 0 1 1-11.6 0a5.8 5.8 0 0 1 11.6 0M8 4.8V8l2.3 1.5',
  warning: 'M8 2.5 14 13H2zM8 6.5v3M8 11.3v.1',
  key: 'M7.5 10.5a2.5 2.5 0 1 1-5 0a2.5 2.5 0 0 1 5 0M6.8 8.7l6.2-6.2M10 5.500l2 2M12 3.500l1.5 1.5',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.5v9l7-4.5z',
  out: 'M6.5 2.500H3v11h3.500M10 5l3 3-3 3M13 8H6.500',
  system: 'M2 3.500h12v7.500H2zM6 13.500h4M8 11v2.500',
  sun: 'M10.8 8a2.8 2.8 0 1 1-5.6 0a2.8 2.8 0 0 1 5.600 0M8 1.500v1.500M8 13v1.500M1.500 8H3M13 8h1.500M3.400 3.400l1.100 1.100M11.500 11.500l1.100 1.100M3.400 12.600l1.100-1.100M11.500 4.500l1.100-1.100',
  moon: 'M13 9.800A5.500 5.500 0 0 1 6.200 3a5.500 5.500 0 1 0 6.800 6.800z',
} as const;

export type IconName = keyof typeof PATHS;

/** One of the house's line icons; always beside a word or inside a labelled control, so it is never read out. */
export function Icon({ name, className }: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg className={className ? `icon ${className}` : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The mark: revenue, cost, margin. */
export function Logo({ className }: { readonly className?: string }) {
  return (
    <svg className={className} viewBox="0 0 20 20" aria-hidden="true">
      <rect x="1" y="2" width="18" height="4" rx="1.5" fill="var(--c-revenue)" opacity=".38" />
      <rect x="1" y="8" width="12" height="4" rx="1.5" fill="var(--accent)" />
      <rect x="1" y="14" width="6.5" height="4" rx="1.5" fill="var(--good-fill)" />
    </svg>
  );
}
