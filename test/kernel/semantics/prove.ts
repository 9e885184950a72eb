// Is the generator sound? Its programs mean the same without optimisation and with, and the undefined behaviour sanitizer finds nothing:
//   node test/kernel/semantics/prove.ts [BATCHES]
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { batches, SEED } from './batches.ts';
import { file } from './program.ts';
import { withGcc } from './gcc.ts';

const dir = mkdtempSync(path.join(os.tmpdir(), 'nslab-semantics-'));
let programs = 0;
let lines = 0;
try {
  for (const batch of fc.sample(batches, { seed: SEED, numRuns: Number(process.argv[2] ?? 20) })) {
    const text = file(batch);
    const [plain, checked] = [withGcc(text, dir), withGcc(text, dir, ['-O2', '-fsanitize=undefined', '-fno-sanitize-recover=undefined'])];
    if (plain !== checked) {
      const first = plain.split('\n').findIndex((line, index) => line !== checked.split('\n')[index]);
      throw new Error(`differs: ${plain.split('\n')[first]} and ${checked.split('\n')[first]}`);
    }
    programs += batch.length;
    lines += plain.split('\n').length;
  }
} finally {
  rmSync(dir, { recursive: true });
}
console.log(`${programs} programs, ${lines} lines: no undefined behaviour, and the same with -O0 and -O2 (seed ${SEED})`);
