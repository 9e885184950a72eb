import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';

/** Builds a C text with gcc and runs it: what it printed. Throws when it does not build, or does not end well. */
export function withGcc(text: string, dir: string, options: readonly string[] = ['-O0']): string {
  const source = path.join(dir, 'generated.c');
  const program = path.join(dir, 'generated');
  writeFileSync(source, text);
  execFileSync('gcc', ['-w', ...options, '-o', program, source], { stdio: ['ignore', 'ignore', 'inherit'] });
  const { stdout, stderr, status } = spawnSync(program, { encoding: 'latin1', maxBuffer: 1 << 27 });
  if (status !== 0 || stderr !== '') throw new Error(`the program ended with ${status}: ${stderr.slice(0, 2000)}`);
  return stdout;
}
