// Records what the programs give with this machine's glibc: node test/unit/libc/record.ts. It has to be 2.36, Debian 12's.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { buildOrdinary, EXPECTED, programs, run, shown, temporary } from './programs.ts';

const version = execFileSync('getconf', ['GNU_LIBC_VERSION'], { encoding: 'utf8' }).trim();
if (version !== 'glibc 2.36') throw new Error(`this machine has ${version}`);
fs.mkdirSync(EXPECTED, { recursive: true });
for (const name of programs()) {
  const directory = temporary();
  buildOrdinary(name, directory);
  fs.writeFileSync(path.join(EXPECTED, `${name}.txt`), shown(run(directory)), 'latin1');
  fs.rmSync(directory, { recursive: true });
}
