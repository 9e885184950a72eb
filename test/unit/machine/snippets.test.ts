import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { result } from './compile.ts';

/**
 * C programs that go through every kind of instruction, compared with what gcc -O0 makes of them. What that printed is committed (expected.json), with the hash of
 * the source; NSLAB_RECORD=1 writes it anew, by gcc on this machine.
 */
const here = path.join(import.meta.dirname, 'snippets');
const expectedFile = path.join(here, 'expected.json');
interface Expected { readonly source: string; readonly end: string; readonly output: string }

const sources = readdirSync(here).filter((name) => name.endsWith('.c')).sort();
const prelude = readFileSync(path.join(import.meta.dirname, 'prelude.h'));
const hash = (name: string): string => createHash('sha256').update(prelude).update(readFileSync(path.join(here, name))).digest('hex').slice(0, 16);

function record(): void {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'nslab-snippets-'));
  try {
    const all: Record<string, Expected> = {};
    for (const name of sources) {
      const program = path.join(directory, name.replace(/\.c$/, ''));
      execFileSync('gcc', ['-O0', '-w', '-fno-stack-protector', '-I', import.meta.dirname, path.join(here, name), '-o', program]);
      const ran = spawnSync(program, [], { encoding: 'latin1', timeout: 10_000 });
      assert.equal(ran.error, undefined, name);
      all[name] = { source: hash(name), end: ran.signal ? `signal ${os.constants.signals[ran.signal]}` : `exit ${ran.status ?? 0}`, output: ran.stdout };
    }
    writeFileSync(expectedFile, `${JSON.stringify({ gcc: execFileSync('gcc', ['--version'], { encoding: 'utf8' }).split('\n')[0], snippets: all }, null, 1)}\n`);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

describe('machine: C as gcc -O0 does it', () => {
  if (process.env['NSLAB_RECORD']) record();
  const expected = existsSync(expectedFile) ? (JSON.parse(readFileSync(expectedFile, 'utf8')) as { snippets: Record<string, Expected> }).snippets : {};
  for (const name of sources) {
    it(name, () => {
      const wanted = expected[name];
      assert.equal(wanted?.source, hash(name), 'the source changed: record it again with NSLAB_RECORD=1');
      const got = result(readFileSync(path.join(here, name)));
      assert.equal(got.output, wanted.output);
      assert.equal(got.end, wanted.end);
    });
  }
});
