import { useState } from 'react';

import { Floating, Icon, Segments } from '../components/index.ts';
import { PRESET_LABELS } from './resolve-range.ts';
import type { Range } from './resolve-range.ts';
import { RANGE_PRESETS } from './view.ts';
import type { RangeChoice, RangePreset } from './view.ts';
import { addDays, isDay } from './zoned-day.ts';

export type RangePickerProps = {
  readonly choice: RangeChoice;
  readonly range: Range;
  readonly today: string;
  readonly onChange: (choice: RangeChoice) => void;
};

const SEGMENT_LABELS: Readonly<Record<RangePreset, string>> = { '24h': '24h', '7d': '7d', '30d': '30d', '90d': '90d', month: 'Month' };

/** Chooses the stretch of time: a row of buttons, or one button where there is little room; the zone is always named. */
export function RangePicker(props: RangePickerProps) {
  const { choice, range, onChange } = props;
  const preset = 'preset' in choice ? choice.preset : undefined;
  return (
    <>
      <SmallRangePicker {...props} />
      <div className="range-segments hide-small">
        <Segments
          label="Range"
          segments={RANGE_PRESETS.map((value) => ({ value, label: SEGMENT_LABELS[value] }))}
          value={preset}
          onChange={(value) => onChange({ preset: value })}
        />
        <CustomRange {...props} trigger={(isChosen) => <CustomButton isChosen={isChosen} />} />
      </div>
      <span className="quiet range-label no-wrap hide-small">
        {range.label}, {range.timeZone}
      </span>
    </>
  );
}

function CustomButton({ isChosen, ...rest }: { readonly isChosen: boolean }) {
  return (
    <button type="button" className="range-custom" aria-pressed={isChosen} {...rest}>
      Custom
    </button>
  );
}

type CustomRangeProps = RangePickerProps & { readonly trigger: (isChosen: boolean) => React.ReactElement };

function CustomRange({ choice, today, onChange, trigger }: CustomRangeProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Floating label="Custom range" trigger={trigger(!('preset' in choice))} isOpen={isOpen} onOpenChange={setOpen}>
      <DaysForm
        choice={choice}
        today={today}
        onApply={(next) => {
          setOpen(false);
          onChange(next);
        }}
      />
    </Floating>
  );
}

function SmallRangePicker({ choice, range, today, onChange }: RangePickerProps) {
  const [isOpen, setOpen] = useState(false);
  const choose = (next: RangeChoice): void => {
    setOpen(false);
    onChange(next);
  };
  return (
    <Floating
      label="Range"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={
        <button type="button" className="button only-small">
          {range.shortLabel} <Icon name="chevron" />
        </button>
      }
    >
      <div className="option-list mb-3" role="group" aria-label="Range">
        {RANGE_PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            aria-pressed={'preset' in choice && choice.preset === preset}
            onClick={() => choose({ preset })}
          >
            {PRESET_LABELS[preset]}
          </button>
        ))}
      </div>
      <DaysForm choice={choice} today={today} onApply={choose} />
      <p className="quiet mt-2">Days of {range.timeZone}</p>
    </Floating>
  );
}

type DaysFormProps = { readonly choice: RangeChoice; readonly today: string; readonly onApply: (choice: RangeChoice) => void };

function DaysForm({ choice, today, onApply }: DaysFormProps) {
  const [firstDay, setFirstDay] = useState('preset' in choice ? addDays(today, -13) : choice.firstDay);
  const [lastDay, setLastDay] = useState('preset' in choice ? today : choice.lastDay);
  const isValid = isDay(firstDay) && isDay(lastDay) && firstDay <= lastDay;
  return (
    <form
      className="days-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (isValid) onApply({ firstDay, lastDay });
      }}
    >
      <label className="field">
        <span className="field-name">First day</span>
        <input type="date" value={firstDay} max={today} required onChange={(event) => setFirstDay(event.target.value)} />
      </label>
      <label className="field">
        <span className="field-name">Last day</span>
        <input type="date" value={lastDay} max={today} required onChange={(event) => setLastDay(event.target.value)} />
      </label>
      {!isValid && <p className="bad">The first day must not be after the last.</p>}
      <button type="submit" className="button primary" disabled={!isValid}>
        Show these days
      </button>
    </form>
  );
}
