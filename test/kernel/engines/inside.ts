import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import type { Hello } from '../../../helper/protocol.ts';

const REPOSITORY = fs.realpathSync(path.join(import.meta.dirname, '../../..'));
const NODE = fs.realpathSync(process.execPath);
/** What a container must see of this machine for our helper to run in it. */
export const NEEDED: readonly string[] = ['/usr', '/lib', '/lib64', REPOSITORY, path.dirname(NODE)].filter((dir) => fs.existsSync(dir));
/** Prints what `insideContainer` says there. */
export const ASK: readonly string[] = [NODE, '--input-type=module', '--no-warnings', '-e',
  `import { insideContainer } from ${JSON.stringify(path.join(REPOSITORY, 'helper/containers/inside.ts'))}; console.log(JSON.stringify(insideContainer()));`];

export function parseInside(output: string): Hello['inside'] {
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Hello['inside'];
}

/** Runs a command that prints the answer. */
export function askInside(program: string, args: readonly string[]): Hello['inside'] {
  const { stdout, stderr, status } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: exit status ${status}\n${stderr}`);
  return parseInside(stdout);
}
