import { useEffect, useState } from 'react';

const PAUSE_MS = 250;

/** What is being typed, told on once the typing pauses; a change from outside wins. */
export function useTyped(value: string, onChange: (text: string) => void): readonly [string, (text: string) => void] {
  const [typed, setTyped] = useState<string>();
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setTyped(undefined);
  }
  useEffect(() => {
    if (typed === undefined || typed === value) return undefined;
    const timer = setTimeout(() => onChange(typed), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return [typed ?? value, setTyped];
}
