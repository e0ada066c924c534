import { init } from './init.ts';

/** For `node --import` and `--require`: settings come from the environment, and an app without a key runs as it would without us. */
function register(): void {
  try {
    init();
  } catch (error) {
    console.warn(`${error instanceof Error ? error.message : String(error)}: nothing is captured until then`);
  }
}

register();
