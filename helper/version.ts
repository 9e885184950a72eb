import fs from 'node:fs';

/** Set by esbuild to the version in package.json; absent when the sources are run as they are. */
declare const NSLAB_VERSION: string | undefined;

/** The extension version that this program was built with. */
export const version: string = typeof NSLAB_VERSION === 'string' ? NSLAB_VERSION : versionOfSources();

function versionOfSources(): string {
  const { version: found } = JSON.parse(fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };
  return found;
}
