// Bundles every program of the project into dist/. `--watch` rebuilds on change, `--production` minifies.
import { build, context } from 'esbuild';
import fs from 'node:fs';

const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');
const { version } = JSON.parse(fs.readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Options that all bundles share. */
const common = {
  bundle: true, sourcemap: production ? false : 'linked', minify: production, metafile: true, logLevel: 'warning',
  absWorkingDir: import.meta.dirname, define: { NSLAB_VERSION: JSON.stringify(version) },
};
// vscode-jsonrpc and others are CommonJS inside: an ES module bundle needs a `require`
const esmNode = { platform: 'node', format: 'esm', target: 'node20', external: ['koffi'],
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" } };

/** One entry for each program; the rooms are explained in CONTRIBUTING.md. */
const programs = [
  { name: 'extension', entryPoints: ['extension/main.ts'], outfile: 'dist/extension.cjs', platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] },
  { name: 'helper', entryPoints: ['helper/main.ts'], outfile: 'dist/helper.mjs', ...esmNode },
  { name: 'command line', entryPoints: ['cli/main.ts'], outfile: 'dist/nslab.mjs', ...esmNode,
    banner: { js: `#!/usr/bin/env node\n${esmNode.banner.js}` } },
  { name: 'webview', entryPoints: ['webview/table.tsx'], outfile: 'dist/webview/table.js', platform: 'browser', format: 'iife', target: 'es2022',
    jsx: 'automatic', jsxImportSource: 'preact', loader: { '.svg': 'text' } },
];

const kB = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;
const report = (name) => ({
  name: 'report',
  setup(b) {
    b.onEnd((result) => {
      for (const [file, { bytes }] of Object.entries(result.metafile?.outputs ?? {})) {
        if (!file.endsWith('.map')) console.log(`${name.padEnd(14)} ${file.padEnd(26)} ${kB(bytes).padStart(10)}`);
      }
      if (name === 'command line' && result.errors.length === 0) fs.chmodSync(new URL('dist/nslab.mjs', import.meta.url), 0o755);
    });
  },
});

for (const { name, ...options } of programs) {
  const all = { ...common, ...options, plugins: [report(name)] };
  if (watch) await (await context(all)).watch();
  else await build(all);
}
if (watch) console.log('watching …');
