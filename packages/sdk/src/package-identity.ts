import manifest from '../package.json' with { type: 'json' };

/** The name this package is installed by: package.json is the one place that decides it. */
export const PACKAGE_NAME: string = manifest.name;

export const PACKAGE_VERSION: string = manifest.version;
