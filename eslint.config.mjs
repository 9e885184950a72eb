// Type-aware lint, and the borders between the rooms (CONTRIBUTING.md has the table).
import eslint from '@eslint/js';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';

const rooms = ['extension', 'helper', 'cli', 'simulator', 'webview', 'lessons', 'test'];
/** Which other rooms (or single files) a room may import; itself always. */
const may = {
  extension: ['helper/protocol.ts', 'helper/model', 'webview/protocol.ts', 'lessons/checks', 'simulator'],
  helper: [],
  'helper/model': ['helper/protocol.ts'],
  cli: ['helper', 'simulator', 'lessons/checks'],
  simulator: [],
  webview: ['simulator', 'helper/protocol.ts', 'helper/model', 'lessons/checks'],
  lessons: ['simulator', 'helper/protocol.ts', 'helper/model'],
};
const zones = Object.entries(may).flatMap(([room, allowed]) => [...rooms, ...(room === 'helper/model' ? ['helper'] : [])]
  .filter((from) => from !== room)
  .map((from) => ({
    target: `./${room}`, from: `./${from}`,
    except: [...allowed, ...(room === 'helper/model' ? ['helper/model'] : [])]
      .filter((a) => a === from || a.startsWith(`${from}/`)).map((a) => (a === from ? '.' : `./${a.slice(from.length + 1)}`)),
    message: `${room} may not import ${from} (CONTRIBUTING.md, "Rooms and borders").`,
  })));
const noVscode = { name: 'vscode', message: 'Only extension/ (and its tests) may import vscode.' };
const nodeBuiltins = { group: ['node:*', 'fs', 'path', 'os', 'child_process'], message: 'This room is pure: no node.' };

export default tseslint.config(
  { ignores: ['node_modules', 'dist', 'out', '.vscode-test', 'test/artifacts', 'test/**/fixtures', 'lessons/*/**/*.c'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [...tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: { 'import-x': importX },
    rules: {
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  { files: ['cli/**', 'test/**', 'esbuild.mjs'], rules: { 'no-console': 'off' } },
  { files: ['helper/**/*.ts', 'cli/**/*.ts', 'webview/**/*.{ts,tsx}', 'simulator/**/*.ts', 'lessons/**/*.ts'], rules: { 'no-restricted-imports': ['error', { paths: [noVscode] }] } },
  { files: ['helper/model/**/*.ts', 'helper/protocol.ts', 'simulator/**/*.ts', 'webview/**/*.{ts,tsx}', 'lessons/**/*.ts'],
    rules: { 'no-restricted-imports': ['error', { paths: [noVscode], patterns: [nodeBuiltins] }] } },
  {
    files: ['simulator/**/*.ts', 'test/**/*.ts'],
    // an Err is a number: `0 | Err` says to the reader what the type system can not
    rules: { '@typescript-eslint/no-redundant-type-constituents': 'off', '@typescript-eslint/no-duplicate-type-constituents': 'off' },
  },
  {
    files: ['test/**/*.ts', 'test/**/*.tsx'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off', '@typescript-eslint/no-unused-expressions': 'off' },
  },
  { files: ['**/*.mjs'], languageOptions: { globals: { console: 'readonly', process: 'readonly', URL: 'readonly', Buffer: 'readonly', fetch: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setInterval: 'readonly', clearInterval: 'readonly', performance: 'readonly', AbortSignal: 'readonly' } } },
);
