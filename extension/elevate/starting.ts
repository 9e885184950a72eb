import { READY_LINE, REFUSED_LINE, type Refusal } from '../../helper/model/elevation.ts';
import type { HelperCommand } from '../host/helperProcess.ts';
import { HelperProcess } from '../host/helperProcess.ts';

/** What became of one try: a helper that runs, its own refusal, or what the program that should have given rights said before it ended. */
export type Started =
  | { readonly kind: 'ready'; readonly process: HelperProcess }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  | { readonly kind: 'failed'; readonly said: string };

/** Longest text of a failure that is kept. */
const SAID = 4000;

/**
 * Starts it and waits until it says on standard error that it is ready or not. Nothing is sent to it, and nothing read from its standard output, before. The caller takes the
 * process in the same turn: what it writes to standard error afterwards is the caller's. `signal`: give up.
 */
export async function start(command: HelperCommand, signal: AbortSignal): Promise<Started> {
  const process = new HelperProcess(command);
  let said = '';
  return new Promise((resolve) => {
    const settle = (started: Started): void => {
      signal.removeEventListener('abort', giveUp);
      process.stderr.off('data', hear);
      resolve(started);
    };
    const giveUp = (): void => {
      process.kill();
      settle({ kind: 'failed', said });
    };
    const hear = (chunk: string): void => {
      said = (said + chunk).slice(-SAID);
      const lines = said.split('\n').slice(0, -1);
      const refused = lines.find((line) => line.startsWith(REFUSED_LINE));
      if (lines.includes(READY_LINE)) settle({ kind: 'ready', process });
      else if (refused !== undefined) settle({ kind: 'refused', refusal: JSON.parse(refused.slice(REFUSED_LINE.length)) as Refusal });
    };
    process.stderr.setEncoding('utf8').on('data', hear);
    // its last words may come after its end
    void process.ended.then(async (ending) => {
      if (!process.stderr.readableEnded && ending.kind !== 'spawn') await new Promise((done) => process.stderr.once('close', done));
      settle({ kind: 'failed', said: ending.kind === 'spawn' ? ending.code : said });
    });
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp);
  });
}
