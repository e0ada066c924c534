const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** Where a choice is kept, and what is painted; `public/theme.js` reads the same key before the first paint. */
export type ThemeStore = { read(): Theme; write(theme: Theme): void };

const KEY = 'llmobserve.theme';

/** Keeps the theme in the browser and on the page; where storage is forbidden the choice lasts until the page closes. */
export function createThemeStore(deps: { readonly storage: () => Storage; readonly root: { dataset: DOMStringMap } }): ThemeStore {
  const keep = (act: (storage: Storage) => void): void => {
    try {
      act(deps.storage());
    } catch {
      // Forbidden or full storage takes nothing away but the memory of the choice.
    }
  };
  return {
    read: () => toTheme(deps.root.dataset['theme']),
    write: (theme) => {
      if (theme === 'system') delete deps.root.dataset['theme'];
      else deps.root.dataset['theme'] = theme;
      keep((storage) => (theme === 'system' ? storage.removeItem(KEY) : storage.setItem(KEY, theme)));
    },
  };
}

/** The theme after this one, round and round. */
export function nextTheme(theme: Theme): Theme {
  return THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
}

function toTheme(text: string | undefined): Theme {
  return THEMES.find((theme) => theme === text) ?? 'system';
}
