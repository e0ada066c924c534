import { useState } from 'react';

import { Icon } from '../../components/index.ts';
import type { IconName } from '../../components/index.ts';
import { nextTheme } from '../../theme/index.ts';
import type { Theme, ThemeStore } from '../../theme/index.ts';

const ICONS: Readonly<Record<Theme, IconName>> = { system: 'system', light: 'sun', dark: 'moon' };

/** Goes from the system's theme to light to dark. */
export function ThemeButton({ themes }: { readonly themes: ThemeStore }) {
  const [theme, setTheme] = useState(themes.read());
  const next = nextTheme(theme);
  const label = `Theme: ${theme}. Switch to ${next}`;
  return (
    <button
      type="button"
      className="button ghost square"
      aria-label={label}
      title={label}
      onClick={() => {
        themes.write(next);
        setTheme(next);
      }}
    >
      <Icon name={ICONS[theme]} />
    </button>
  );
}
