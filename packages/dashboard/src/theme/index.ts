export { createThemeStore, nextTheme } from './theme-choice.ts';
export type { Theme, ThemeStore } from './theme-choice.ts';
