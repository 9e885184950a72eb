import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { verdicts } from '../unit/c/verdicts.ts';

/** The recorded verdicts that the front end is held against (test/unit/c/verdicts.test.ts) are the real compiler's. */
describe('What is said of C snippets is what gcc says', () => {
  it('every verdict', function () {
    this.timeout(120_000);
    const dir = mkdtempSync(path.join(os.tmpdir(), 'nslab-verdicts-'));
    try {
      const wrong = verdicts().filter(({ text, verdict }) => {
        writeFileSync(path.join(dir, 't.c'), text);
        const { status } = spawnSync('gcc', ['-std=gnu17', '-w', '-c', '-o', '/dev/null', 't.c'], { cwd: dir });
        return (status === 0) !== (verdict !== 'rejected');
      });
      assert.deepEqual(wrong.map(({ file, text }) => `${file}: ${text}`), []);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
