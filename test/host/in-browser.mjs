// @ts-check
// The extension as a browser alone gets it (vscode.dev). A VS Code that serves a browser prefers `main` on its own machine; without it, it runs `browser` in the
// window, as vscode.dev does.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, packedManifest } from './checkout.mjs';

/** What that host reads: nothing of Node is even there. */
const files = ['l10n', 'lessons', 'media', 'package.nls.json', 'package.nls.zh-cn.json', 'README.md',
  ...['extension.web.js', 'files.json', 'system.bin', 'examples', 'webview'].map((name) => path.join('dist', name))];

/**
 * Puts the built extension together for a browser alone. Whoever made the folder removes it.
 * @param {string} folder new
 */
export function stageForBrowser(folder) {
  mkdirSync(path.join(folder, 'dist'), { recursive: true });
  for (const name of files) cpSync(inRoot(name), path.join(folder, name), { recursive: true, filter: (file) => !file.endsWith('.map') });
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...packedManifest, main: undefined, bin: undefined, extensionKind: ['web'] }));
}
