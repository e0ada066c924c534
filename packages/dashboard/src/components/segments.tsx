export type Segment<Value extends string> = { readonly value: Value; readonly label: string };

export type SegmentsProps<Value extends string> = {
  readonly label: string;
  readonly segments: readonly Segment<Value>[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
  readonly className?: string;
};

/** A row of buttons of which one is pressed. */
export function Segments<Value extends string>({ label, segments, value, onChange, className }: SegmentsProps<Value>) {
  return (
    <div className={className ? `segments ${className}` : 'segments'} role="group" aria-label={label}>
      {segments.map((segment) => (
        <button key={segment.value} type="button" aria-pressed={segment.value === value} onClick={() => onChange(segment.value)}>
          {segment.label}
        </button>
      ))}
    </div>
  );
}
