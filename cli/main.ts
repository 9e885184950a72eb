#!/usr/bin/env node
// The command line: `nslab scan`, `nslab run`, `nslab lesson`. What a command needs is loaded when it is asked for.
import fs from 'node:fs';
import module from 'node:module';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import type * as Run from './run.ts';
import { FAILED, OK, USAGE, isUsageError } from './usage.ts';
import { loadWarm } from './warm_start.ts';

async function main([command, ...words]: readonly string[]): Promise<number> {
  // it writes to descriptors by itself; streams would take longer to make than its program takes to run
  if (command === 'run') return runs(words);
  // whoever reads us may stop early (`nslab scan | head`): that is no failure
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? OK : FAILED));
  if (command === 'lesson') return (await import('./lesson.ts')).lesson(words);
  return (await import('./scan_command.ts')).scanCommand(command === undefined ? [] : [command, ...words]);
}

/** A build has it as a file of its own beside this one; the source tree has not. */
async function runs(words: readonly string[]): Promise<number> {
  const built = fileURLToPath(new URL('nslab-run.cjs', import.meta.url));
  if (!fs.existsSync(built)) return (await import('./run.ts')).run(words);
  const { exports, keep } = loadWarm(built);
  try {
    return (exports as typeof Run).run(words);
  } finally {
    keep();
  }
}

// newer Nodes keep compiled code from one start to the next
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

main(process.argv.slice(2)).then((status) => { process.exitCode = status; }, (error: unknown) => {
  if (!isUsageError(error)) throw error;
  process.stderr.write(`nslab: ${error.message}\n\n${error.help}`);
  process.exitCode = USAGE;
});
