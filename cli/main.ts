#!/usr/bin/env node
// The command line: `nslab scan`, `nslab run`, `nslab lesson`. What a command needs is loaded when it is asked for.
import module from 'node:module';
import process from 'node:process';
import { FAILED, OK, USAGE, isUsageError } from './usage.ts';

async function main([command, ...words]: readonly string[]): Promise<number> {
  if (command === 'run') return (await import('./run.ts')).run(words);
  if (command === 'lesson') return (await import('./lesson.ts')).lesson(words);
  return (await import('./scan_command.ts')).scanCommand(command === undefined ? [] : [command, ...words]);
}

// newer Nodes keep compiled code from one start to the next
(module as { enableCompileCache?: () => void }).enableCompileCache?.();

// whoever reads us may stop early (`nslab scan | head`): that is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? OK : FAILED));
main(process.argv.slice(2)).then((status) => { process.exitCode = status; }, (error: unknown) => {
  if (!isUsageError(error)) throw error;
  process.stderr.write(`nslab: ${error.message}\n\n${error.help}`);
  process.exitCode = USAGE;
});
