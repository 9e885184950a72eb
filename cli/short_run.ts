import process from 'node:process';
import v8 from 'node:v8';

/** Since these versions of V8 both optimising compilers are on unless somebody switched them off. */
const KNOWN = 13;

/**
 * Keeps the optimising compilers of the JavaScript engine off until `end` is called: a run that is over in a few milliseconds would wait at its end for code that is still being compiled
 * for it. Nothing where the engine is another one, or was started with flags of the user's own.
 */
export function shortRun(): { end(): void } {
  let off = Number.parseInt(process.versions.v8, 10) >= KNOWN && process.execArgv.length === 0 && process.env['NODE_OPTIONS'] === undefined;
  if (off) set('no-');
  return {
    end() {
      if (off) set('');
      off = false;
    },
  };
}

function set(no: '' | 'no-'): void {
  for (const compiler of ['maglev', 'opt']) v8.setFlagsFromString(`--${no}${compiler}`);
}
