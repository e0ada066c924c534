/** The name this package is installed by, as it stands in package.json (a test holds the two together). */
export const PACKAGE_NAME = 'llmobserve';
