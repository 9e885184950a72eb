// Bundles every program of the project into dist/. `--watch` rebuilds on change, `--production` minifies,
// `--outdir=DIR` puts the bundles elsewhere, `--metafile=FILE` writes down what went into them.
import { build, context } from 'esbuild';
import { listingTextsApart } from './cli/listing_texts.ts';
import { packSystem } from './cli/pack.ts';
import fs from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const { watch, production, outdir, metafile } = parseArgs({ options: {
  watch: { type: 'boolean', default: false }, production: { type: 'boolean', default: false },
  outdir: { type: 'string', default: 'dist' }, metafile: { type: 'string' },
} }).values;
process.chdir(import.meta.dirname);
const { version } = JSON.parse(fs.readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Options that all bundles share. */
const common = {
  bundle: true, sourcemap: production ? false : 'linked', minify: production, metafile: true, logLevel: 'warning',
  absWorkingDir: import.meta.dirname, define: { NSLAB_VERSION: JSON.stringify(version) },
};
// vscode-jsonrpc and others are CommonJS inside: an ES module bundle needs a `require`
const esmNode = { platform: 'node', format: 'esm', target: 'node20', external: ['koffi'],
  banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" } };

/** The commands of the command line: what cli/main.ts imports, and its file in dist/. */
const commandFiles = { './run.ts': 'nslab-run', './lesson.ts': 'nslab-lesson', './scan_command.ts': 'nslab-scan' };
const commands = {
  name: 'commands',
  setup(b) {
    b.onResolve({ filter: /^\.\// }, ({ path: file, kind }) => (kind === 'dynamic-import' && file in commandFiles ? { path: `./${commandFiles[file]}.cjs`, external: true } : undefined));
  },
};

/** Files of the simulator that `nslab lesson` imports. nslab-run.cjs has them, and exports each by its name: a second copy would be a tenth of the package. */
const shared = new Set();
const simulatorInRun = {
  name: 'simulator in run',
  setup(b) {
    b.onResolve({ filter: /^\..*\/simulator\// }, ({ path: file, importer, resolveDir }) => {
      const name = path.relative('.', path.resolve(resolveDir, file));
      if (!name.startsWith('simulator/') || path.relative('.', importer).startsWith('simulator/')) return undefined;
      shared.add(name);
      return { path: name, namespace: 'in run' };
    });
    b.onResolve({ filter: /^\.\/nslab-run\.cjs$/, namespace: 'in run' }, ({ path: file }) => ({ path: file, external: true }));
    b.onLoad({ filter: /.*/, namespace: 'in run' }, ({ path: name }) => ({ contents: `module.exports = require('./nslab-run.cjs')[${JSON.stringify(name)}];` }));
  },
};
const runWithShared = {
  name: 'run with what is shared',
  setup(b) {
    b.onResolve({ filter: /^(\.\/)?cli\/run\.ts$/ }, ({ kind }) => (kind === 'entry-point' ? { path: 'cli/run.ts', namespace: 'with shared' } : undefined));
    b.onLoad({ filter: /.*/, namespace: 'with shared' }, ({ path: file }) => ({
      contents: [`export * from './${file}';`, ...[...shared].sort().map((name) => `export * as '${name}' from './${name}';`)].join('\n'), resolveDir: import.meta.dirname,
    }));
  },
};

/** A file for each command, so that `nslab run` loads no scanner; CommonJS and minified, since half of what a short run takes is reading its program. */
const commandLine = { outdir, outExtension: { '.js': '.cjs' },
  platform: 'node', format: 'cjs', target: 'node20', external: ['koffi'], minify: true, supported: { 'dynamic-import': false },
  define: { ...common.define, 'import.meta.url': '__url' }, banner: { js: "const __url = require('node:url').pathToFileURL(__filename).href;" } };

/** What the kernel's listings say, for the page. */
const listings = {
  name: 'listings',
  setup(b) {
    const texts = [];
    b.onStart(() => { texts.length = 0; });
    listingTextsApart(texts).setup(b);
    b.onEnd(() => { fs.writeFileSync(`${outdir}/webview/listings.json`, JSON.stringify(texts)); });
  },
};

/** One entry for each program; the rooms are explained in CONTRIBUTING.md. */
const programs = [
  { name: 'extension', entryPoints: ['extension/main.ts'], outfile: `${outdir}/extension.cjs`, platform: 'node', format: 'cjs', target: 'node20', external: ['vscode'] },
  // for a browser without a machine behind it: what needs Node cannot even be bundled
  { name: 'in a browser', entryPoints: ['extension/browser/main.ts'], outfile: `${outdir}/extension.web.js`, platform: 'browser', format: 'cjs', target: 'es2022', external: ['vscode'] },
  { name: 'helper', entryPoints: ['helper/main.ts'], outfile: `${outdir}/helper.mjs`, ...esmNode },
  { name: 'lessons', entryPoints: { 'nslab-lesson': 'cli/lesson.ts' }, ...commandLine, plugins: [simulatorInRun] },
  { name: 'command line', entryPoints: { nslab: 'cli/main.ts', 'nslab-run': 'cli/run.ts', 'nslab-scan': 'cli/scan_command.ts' }, ...commandLine, plugins: [commands, runWithShared] },
  { name: 'webview', entryPoints: ['webview/table.tsx'], outfile: `${outdir}/webview/table.js`, platform: 'browser', format: 'iife', target: 'es2022',
    jsx: 'automatic', jsxImportSource: 'preact', loader: { '.svg': 'text' } },
  { name: 'notebook', entryPoints: ['webview/notebook.tsx'], outfile: `${outdir}/webview/notebook.js`, platform: 'browser', format: 'iife', target: 'es2022', jsx: 'automatic', jsxImportSource: 'preact',
    // two thirds of markdown-it are what a browser knows already, and what the page switches off
    alias: { entities: './webview/notebook/entities.ts', 'linkify-it': './webview/notebook/linkify_it.ts', mdurl: './webview/notebook/mdurl.ts', 'punycode.js': './webview/notebook/punycode.ts', 'uc.micro': './webview/notebook/uc_micro.ts' } },
  { name: 'worker', entryPoints: ['webview/worker.ts'], outfile: `${outdir}/webview/worker.js`, platform: 'browser', format: 'iife', target: 'es2022', plugins: [listings] },
];

/** Relative to the folder, in order. */
const filesBelow = (folder) => fs.readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();

const kB = (bytes) => `${(bytes / 1024).toFixed(1)} kB`;
const report = (name) => ({
  name: 'report',
  setup(b) {
    b.onEnd((result) => {
      for (const [file, { bytes }] of Object.entries(result.metafile?.outputs ?? {})) {
        if (!file.endsWith('.map')) console.log(`${name.padEnd(14)} ${file.padEnd(26)} ${kB(bytes).padStart(10)}`);
      }
      if (name === 'command line' && result.errors.length === 0) fs.chmodSync(`${outdir}/nslab.cjs`, 0o755);
    });
  },
});

packSystem(`${outdir}/system.bin`);
const inputs = {};
for (const { name, plugins = [], ...options } of programs) {
  const all = { ...common, ...options, plugins: [...plugins, report(name)] };
  if (watch) {
    const watched = await context(all);
    // what comes after it must know what it shares
    if (plugins.includes(simulatorInRun)) await watched.rebuild();
    await watched.watch();
  } else Object.assign(inputs, (await build(all)).metafile.inputs);
}
// the kernel's sentences: read by pages in that language only
const words = fs.readdirSync('l10n/kernel.zh-cn').map((name) => JSON.parse(fs.readFileSync(`l10n/kernel.zh-cn/${name}`, 'utf8')));
fs.writeFileSync(`${outdir}/webview/kernel.zh-cn.json`, JSON.stringify(Object.assign({}, ...words)));
// the gallery of "Open Example…"
fs.cpSync('simulator/examples', `${outdir}/examples`, { recursive: true });
// what is packed of them, for hosts that cannot list folders
const lessons = fs.readdirSync('lessons').filter((name) => /^\d\d-/.test(name));
fs.writeFileSync(`${outdir}/files.json`, JSON.stringify({
  examples: fs.readdirSync('simulator/examples').filter((name) => name.endsWith('.c')),
  lessons: Object.fromEntries(lessons.map((name) => [name, filesBelow(`lessons/${name}`).filter((file) => file.includes('.') && !/^\.author\/(?!solution\/)/.test(file))])),
}));
if (metafile) fs.writeFileSync(metafile, JSON.stringify({ inputs }));
if (watch) console.log('watching …');
