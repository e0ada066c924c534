import { defineConfig } from 'oxlint';
import { restrictImports } from './scripts/house-rules/restrict-imports.ts';

export default defineConfig({
  plugins: ['typescript', 'import', 'unicorn', 'oxc', 'node', 'promise'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['**/dist/**', '**/node_modules/**', '**/coverage/**'],
  rules: {
    // Sizes.
    'max-lines': ['error', { max: 300 }],
    'max-lines-per-function': ['error', { max: 60 }],
    'max-params': ['error', { max: 3 }],
    // Modules.
    'import/no-cycle': 'error',
    'import/no-default-export': 'error',
    'import/no-unassigned-import': ['error', { allow: ['**/*.css', '@fontsource*/**', 'llmobserve/register', '**/register.ts'] }],
    'node/no-process-env': 'error',
    // Types.
    eqeqeq: 'error',
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/no-misused-promises': 'error',
    'typescript/only-throw-error': 'error',
    'typescript/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    'typescript/no-unsafe-argument': 'error',
    'typescript/no-unsafe-assignment': 'error',
    'typescript/no-unsafe-call': 'error',
    'typescript/no-unsafe-member-access': 'error',
    'typescript/no-unsafe-return': 'error',
    // Suspicious rules that disagree with docs/decisions or with the way we write.
    'no-unmodified-loop-condition': 'off', // it does not see what a closure changes
    'no-underscore-dangle': 'off', // an unused parameter starts with `_`
    'import/no-named-as-default-member': 'off', // `fc.property` is how fast-check is written
    'unicorn/consistent-function-scoping': 'off', // a helper stands where it is used
    'promise/always-return': 'off', // an async function is the way; what is left of `.then` needs no value
    'promise/no-multiple-resolved': 'off', // it counts both branches of an `if`
    'typescript/consistent-return': 'off', // `noImplicitReturns` does it, and knows a complete `switch`
    'typescript/unbound-method': 'off', // `deps` are plain objects of functions without `this`
    'typescript/no-unsafe-type-assertion': 'off', // the constructor of a branded type is one
  },
  overrides: [
    { files: ['**/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    {
      // The composition roots hand the environment to config.ts; what is not shipped may read it where it stands.
      files: [
        'packages/*/src/config.ts',
        'packages/collector/src/main.ts',
        '**/*.config.ts',
        '**/test/**',
        'scripts/**',
        'examples/**',
        'bench/**',
        'conformance/**',
        'e2e/**',
      ],
      rules: { 'node/no-process-env': 'off' },
    },
    {
      files: ['packages/dashboard/**'],
      plugins: ['typescript', 'import', 'unicorn', 'oxc', 'promise', 'react', 'jsx-a11y'],
      rules: {
        'react/react-in-jsx-scope': 'off', // the automatic runtime needs no React in scope
        'jsx-a11y/prefer-tag-over-role': 'off', // a chart is an image that no <img> can be
        'jsx-a11y/no-noninteractive-tabindex': 'off', // what scrolls has to be reachable from the keyboard
        'react/no-unstable-nested-components': 'off', // a table's columns are given as functions that render a cell
        'react/rules-of-hooks': 'error',
        'react/exhaustive-deps': 'error',
      },
    },
    {
      files: ['**/test/**', 'e2e/**'],
      rules: {
        'max-lines-per-function': 'off', // a `describe` is one function
        'no-shadow': 'off', // a test's own value may be called what its builder is called
        'no-loss-of-precision': 'off', // 1e309 is bad input on purpose
        'typescript/no-misused-spread': 'off', // a text in code points is what a test may be about
        'typescript/require-array-sort-compare': 'off', // names are sorted as text
        'unicorn/no-array-fill-with-reference-type': 'off', // rows that are only read may be the same
        'max-params': 'off', // a row of a table test has as many columns as it needs
      },
    },
    {
      // Tests look at answers whose shape they are about to prove; plain JavaScript has no types to look at.
      files: ['**/test/**', 'e2e/**', '**/*.{js,mjs,cjs}'],
      rules: {
        'typescript/no-unsafe-argument': 'off',
        'typescript/no-unsafe-assignment': 'off',
        'typescript/no-unsafe-call': 'off',
        'typescript/no-unsafe-member-access': 'off',
        'typescript/no-unsafe-return': 'off',
      },
    },
    { files: ['packages/dashboard/src/routes.tsx'], rules: { 'typescript/only-throw-error': 'off' } }, // a redirect is thrown
    { files: ['examples/**'], rules: { 'oxc/no-async-endpoint-handlers': 'off' } }, // Express 5 awaits them
    ...restrictImports(),
  ],
});
