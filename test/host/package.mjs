// @ts-check
// `npm run package [-- TARGET… | --all]`: the extension as .vsix files, one for each target: by default for this machine.
//   linux-x64 linux-arm64 alpine-x64 alpine-arm64   with koffi's binary for that processor and C library, and no other
//   universal                                       without native parts: owners and parents read "unknown"
// Prints how large each is and fails above its limit. NSLAB_VSIX_DIR: where they go; default: the checkout.
// Everything is put together under out/package, so that a build in dist/ which somebody is using stays as it is.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { inRoot, manifest, packedManifest, readJson, root } from './checkout.mjs';
import { thirdPartyNotices } from './notices.mjs';

const limit = 3_000_000;
const stage = inRoot('out', 'package');
const results = process.env['NSLAB_VSIX_DIR'] || root;

/**
 * VS Code's names of the platforms that have namespaces and on which its server runs; the folder is that of the binary
 * inside koffi's package for the processor.
 * @type {Record<string, { native: string, folder: string } | null>}
 */
const targets = {
  'linux-x64': { native: '@koromix/koffi-linux-x64', folder: 'linux_x64' },
  'linux-arm64': { native: '@koromix/koffi-linux-arm64', folder: 'linux_arm64' },
  'alpine-x64': { native: '@koromix/koffi-linux-x64', folder: 'musl_x64' },
  'alpine-arm64': { native: '@koromix/koffi-linux-arm64', folder: 'musl_arm64' },
  universal: null,
};

/** VS Code's name of this machine's platform. */
function ownTarget() {
  const { header } = /** @type {{ header: { glibcVersionRuntime?: string } }} */ (process.report.getReport());
  const target = `${process.platform === 'linux' && !header.glibcVersionRuntime ? 'alpine' : process.platform}-${process.arch}`;
  return target in targets ? target : 'universal';
}

/** @param {string} file @param {string[]} args @param {string} [cwd] @returns {string} */
function run(file, args, cwd = root) {
  const done = spawnSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (done.status !== 0) throw new Error(`${path.basename(file)} ${args[0]} failed: ${done.error?.message ?? `exit status ${done.status}`}\n${done.stdout ?? ''}`);
  return done.stdout;
}

try {
  const given = process.argv.slice(2);
  const unknown = given.filter((word) => word !== '--all' && !(word in targets));
  if (unknown.length > 0) throw new Error(`No such target: ${unknown.join(', ')}. There are: ${Object.keys(targets).join(', ')}, and --all.`);
  const wanted = given.includes('--all') ? Object.keys(targets) : given.length > 0 ? given : [ownTarget()];
  gather();
  for (const target of wanted) await pack(target);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

/** Puts together what all targets share. */
function gather() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const entry of readdirSync(root)) {
    if (/^(package(\.nls.*)?\.json|l10n|media|lessons|README\.md|CHANGELOG\.md|LICENSE|\.vscodeignore)$/.test(entry)) {
      cpSync(inRoot(entry), path.join(stage, entry), { recursive: true });
    }
  }
  writeFileSync(path.join(stage, 'package.json'), JSON.stringify(packedManifest, null, 2));
  // the animation weighs as much as the extension: in a package its picture stands for it
  const readme = path.join(stage, 'README.md');
  writeFileSync(readme, readFileSync(readme, 'utf8').replace('(media/steps.gif)', '(media/notebook.png)'));
  const metafile = path.join(stage, 'metafile.json');
  console.log(run(process.execPath, [inRoot('esbuild.mjs'), '--production', `--outdir=${path.join(stage, 'dist')}`, `--metafile=${metafile}`]).trim());
  writeFileSync(path.join(stage, 'dist', 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(Object.keys(readJson(metafile).inputs), ['koffi']));
}

/** @param {string} target */
async function pack(target) {
  rmSync(path.join(stage, 'dist', 'node_modules'), { recursive: true, force: true });
  const binary = targets[target];
  if (binary) provideNative(binary.native, binary.folder);
  const result = path.join(results, [manifest.name, ...binary ? [target] : [], manifest.version].join('-') + '.vsix');
  rmSync(result, { force: true });
  // rewriteRelativeLinks: there is no public address that links in README.md could be completed with
  await createVSIX({ cwd: stage, packagePath: result, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false, ...binary ? { target } : {} });
  const { size } = statSync(result);
  const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  console.log(`${path.basename(result)}: ${megabytes(size)} (limit ${megabytes(limit)}), ${binary ? `with ${binary.native}/${binary.folder}` : 'without native parts'}`);
  if (size > limit) throw new Error('The package is too large.');
}

/**
 * Puts koffi's binary where the helper, dist/helper.mjs, finds it by plain resolution. koffi's own package is left
 * out: it only chooses among the platforms. This machine's package is installed; the other comes from the registry, checked against the lock.
 * @param {string} name @param {string} folder the binary's, inside the package
 * @throws when it cannot be had: a package for a target that lacks its native part would look right and not be
 */
function provideNative(name, folder) {
  const installed = inRoot('node_modules', name);
  const from = existsSync(installed) ? installed : fetched(name);
  const to = path.join(stage, 'dist', 'node_modules', name);
  mkdirSync(to, { recursive: true });
  for (const entry of ['package.json', 'index.js', folder]) cpSync(path.join(from, entry), path.join(to, entry), { recursive: true });
}

/** @param {string} name @returns {string} the folder that the package was unpacked into */
function fetched(name) {
  const folder = path.join(stage, 'fetched', name);
  if (existsSync(folder)) return folder;
  mkdirSync(folder, { recursive: true });
  const locked = readJson(inRoot('package-lock.json')).packages[`node_modules/${name}`];
  const [packed] = JSON.parse(run('npm', ['pack', `${name}@${locked.version}`, '--json', '--loglevel=error', `--pack-destination=${folder}`], folder));
  if (packed.integrity !== locked.integrity) throw new Error(`${name}: its checksum is ${packed.integrity}, package-lock.json says ${locked.integrity}`);
  run('tar', ['-xzf', path.join(folder, packed.filename), '--strip-components=1', '-C', folder]);
  return folder;
}
