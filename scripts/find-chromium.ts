import { join } from 'node:path';

export type FindChromiumDeps = {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly exists: (path: string) => boolean;
};

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const MAC_APPS = ['Chromium', 'Google Chrome', 'Microsoft Edge'];
const WINDOWS_PROGRAMS = [String.raw`Google\Chrome\Application\chrome.exe`, String.raw`Chromium\Application\chrome.exe`];
const WINDOWS_HOMES = ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA'];

/** Finds a Chromium to test in: `CHROME_PATH` where it is set, else the usual places of the system. */
export function findChromium(deps: FindChromiumDeps): string | undefined {
  const named = deps.env['CHROME_PATH'];
  const places = named ? [named] : usualPlaces(deps);
  return places.find((path) => deps.exists(path));
}

function usualPlaces({ env, platform }: FindChromiumDeps): readonly string[] {
  if (platform === 'win32') {
    return WINDOWS_HOMES.flatMap((home) => WINDOWS_PROGRAMS.map((program) => `${env[home] ?? ''}\\${program}`));
  }
  const folders = [...new Set(['/usr/bin', '/usr/local/bin', '/snap/bin', ...(env['PATH'] ?? '').split(':').filter(Boolean)])];
  const commands = folders.flatMap((folder) => COMMANDS.map((command) => join(folder, command)));
  return platform === 'darwin' ? [...MAC_APPS.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`), ...commands] : commands;
}
