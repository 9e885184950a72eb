import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { inRoot, packedManifest } from '../host/checkout.mjs';
import { linkExtensions } from '../host/code-server.mjs';

/** What stands beside dist/ in a package, and the native part, which a package has inside. */
const BESIDE = ['l10n', 'lessons', 'media', 'node_modules', 'package.nls.json', 'package.nls.zh-cn.json'];

/** The extension as it is given to people: minified. dist/ has what one reads while debugging, which is twice as large. */
export interface Packed {
  /** Where VS Code looks for extensions; this one only. */
  readonly extensionsDir: string;
  /** Bytes of a file of dist/. */
  readonly size: (...file: string[]) => number;
}

/** Built anew into a folder of its own, which goes when this process ends. */
export function buildPacked(): Packed {
  const place = fs.mkdtempSync(path.join(os.tmpdir(), 'nslab-bench-packed-'));
  process.once('exit', () => fs.rmSync(place, { recursive: true, force: true }));
  const extension = path.join(place, 'extension'), extensionsDir = path.join(place, 'extensions');
  fs.mkdirSync(extension);
  for (const name of BESIDE) fs.symlinkSync(inRoot(name), path.join(extension, name));
  fs.writeFileSync(path.join(extension, 'package.json'), JSON.stringify(packedManifest));
  execFileSync(process.execPath, [inRoot('esbuild.mjs'), '--production', `--outdir=${path.join(extension, 'dist')}`], { stdio: ['ignore', 'ignore', 'inherit'] });
  linkExtensions(extensionsDir, [extension]);
  return { extensionsDir, size: (...file) => fs.statSync(path.join(extension, 'dist', ...file)).size };
}
