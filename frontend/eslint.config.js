import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'node_modules/', 'src/lib/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off',
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', { max: 30, skipBlankLines: true, skipComments: true }],
      // The site lives at the root of its own host: there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
      // Sets are replaced, never changed, and held in $state.raw.
      'svelte/prefer-svelte-reactivity': 'off',
      'svelte/no-at-html-tags': 'error',
      'svelte/no-inline-styles': 'error',
      'no-restricted-imports': ['error', { paths: [{ name: '$app/navigation', importNames: ['invalidate', 'invalidateAll'], message: '$lib/again loses no click.' }] }]
    }
  },
  { files: ['src/lib/again.ts'], rules: { 'no-restricted-imports': 'off' } },
  { files: ['**/*.test.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig } }
  },
  {
    files: ['src/routes/**/*.svelte'],
    rules: { 'no-restricted-globals': ['error', { name: 'fetch', message: 'Pages ask lib/api.' }] }
  }
);
