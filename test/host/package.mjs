// @ts-check
// `npm run package`: the extension as one .vsix, for every platform. Prints what is in it and fails above 3 MB, not counting
// koffi for processors other than this machine's.
// Everything is put together under out/package, so that a build in dist/ which somebody is using stays as it is.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { createVSIX } from '@vscode/vsce';
import { inRoot, manifest, readJson, root } from './checkout.mjs';
import { thirdPartyNotices } from './notices.mjs';

const limit = 3_000_000;
const stage = inRoot('out', 'package');
const result = process.env['NSLAB_VSIX'] || inRoot(`${manifest.name}-${manifest.version}.vsix`);
/** Platforms that have namespaces and on which VS Code's server runs; each package has a glibc and a musl binary. */
const natives = ['@koromix/koffi-linux-x64', '@koromix/koffi-linux-arm64'];

/** @param {string} file @param {string[]} args @param {string} [cwd] @returns {string} */
function run(file, args, cwd = root) {
  const done = spawnSync(file, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  if (done.status !== 0) throw new Error(`${path.basename(file)} ${args[0]} failed: ${done.error?.message ?? `exit status ${done.status}`}\n${done.stdout ?? ''}`);
  return done.stdout;
}

try {
  await pack();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

async function pack() {
  rmSync(stage, { recursive: true, force: true });
  mkdirSync(stage, { recursive: true });
  for (const entry of readdirSync(root)) {
    if (/^(package(\.nls.*)?\.json|l10n|media|lessons|README\.md|CHANGELOG\.md|LICENSE|\.vscodeignore)$/.test(entry)) {
      cpSync(inRoot(entry), path.join(stage, entry), { recursive: true });
    }
  }
  const metafile = path.join(stage, 'metafile.json');
  console.log(run(process.execPath, [inRoot('esbuild.mjs'), '--production', `--outdir=${path.join(stage, 'dist')}`, `--metafile=${metafile}`]).trim());
  const carried = natives.filter(provideNative);
  writeFileSync(path.join(stage, 'dist', 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices(Object.keys(readJson(metafile).inputs), ['koffi']));

  rmSync(result, { force: true });
  // rewriteRelativeLinks: there is no public address that links in README.md could be completed with
  await createVSIX({ cwd: stage, packagePath: result, dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false });
  const { size } = statSync(result);
  const own = size - carried.filter((name) => !existsSync(inRoot('node_modules', name))).reduce((sum, name) => sum + packedSize(name), 0);
  const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  console.log(`${path.basename(result)}: ${megabytes(size)}, with ${carried.join(' and ') || 'no native part'}; without koffi for other processors ${megabytes(own)} (limit ${megabytes(limit)})`);
  if (own > limit) throw new Error('The package is too large.');
}

/**
 * Puts koffi's binary package where the helper, dist/helper.mjs, finds it by plain resolution. koffi's own package is left
 * out: it only chooses among the platforms. This machine's binary is installed; the other comes from the registry, checked against the lock.
 * @param {string} name @returns {boolean} false when it cannot be had now
 */
function provideNative(name) {
  const to = path.join(stage, 'dist', 'node_modules', name);
  const installed = inRoot('node_modules', name);
  if (existsSync(installed)) {
    cpSync(installed, to, { recursive: true });
    return true;
  }
  const locked = readJson(inRoot('package-lock.json')).packages[`node_modules/${name}`];
  const folder = path.join(stage, 'fetched');
  mkdirSync(folder, { recursive: true });
  try {
    const [packed] = JSON.parse(run('npm', ['pack', `${name}@${locked.version}`, '--json', '--loglevel=error', `--pack-destination=${folder}`], folder));
    if (packed.integrity !== locked.integrity) throw new Error(`its checksum is ${packed.integrity}, package-lock.json says ${locked.integrity}`);
    mkdirSync(to, { recursive: true });
    run('tar', ['-xzf', path.join(folder, packed.filename), '--strip-components=1', '-C', to]);
    return true;
  } catch (error) {
    console.error(`${name} is left out (owners and parents read "unknown" there): ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

/** What a native package adds to the .vsix, in bytes: a zip compresses each file by itself, as gzip does. @param {string} name @returns {number} */
function packedSize(name) {
  const folder = path.join(stage, 'dist', 'node_modules', name);
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + gzipSync(readFileSync(path.join(entry.parentPath, entry.name))).length, 0);
}
