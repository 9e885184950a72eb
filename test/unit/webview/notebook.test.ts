import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Cell } from '../../../webview/notebook/parse.ts';
import { parseNotebook } from '../../../webview/notebook/parse.ts';

const FENCE = '```';
const programs = (text: string): Extract<Cell, { kind: 'program' }>[] => parseNotebook(text).flatMap((cell) => (cell.kind === 'program' ? [cell] : []));

describe('a notebook file', () => {
  it('is Markdown with programs in fences', () => {
    const text = `# Title\n\nWords.\n\n${FENCE}c nslab name="a.c" args="-x 1" uid="1000" kernel="3.8"\nint main(void) { return 0; }\n${FENCE}\n\nMore.\n`;
    const cells = parseNotebook(text);
    assert.deepEqual(cells.map(({ kind }) => kind), ['markdown', 'program', 'markdown']);
    const program = programs(text)[0]!;
    assert.equal(program.text, 'int main(void) { return 0; }\n');
    assert.equal(text.slice(program.textFrom, program.textTo), program.text);
    assert.deepEqual(program.attributes, { name: 'a.c', args: ['-x', '1'], uid: 1000, kernel: '3.8', stdin: '', before: [], privateRoot: false, predict: false });
    assert.deepEqual(program.faults, []);
  });

  it('keeps other fences as text, also one that holds a program', () => {
    assert.deepEqual(programs(`${FENCE}c\nint x;\n${FENCE}\n`), []);
    assert.deepEqual(programs(`~~~~\n${FENCE}c nslab\nint x;\n${FENCE}\n~~~~\n`), []);
  });

  it('reads escapes as JSON has them', () => {
    assert.equal(programs(`${FENCE}c nslab stdin="a\\n\\"b\\""\n${FENCE}\n`)[0]?.attributes.stdin, 'a\n"b"');
  });

  it('opens when it is damaged, and says what is wrong', () => {
    assert.match(programs(`${FENCE}c nslab\nint x;`)[0]?.faults.join() ?? '', /closing fence is missing/);
    assert.match(programs(`${FENCE}c nslab uid="7" colour="red"\n${FENCE}\n`)[0]?.faults.join() ?? '', /uid is 0 or 1000.*no attribute “colour”/);
    assert.match(programs(`${FENCE}c nslab name=a.c\n${FENCE}\n`)[0]?.faults.join() ?? '', /cannot read “=a\.c”/);
  });

  it('is wholly in its cells, in order, whatever stands in it', () => {
    const piece = fc.oneof(fc.constantFrom('```c nslab\n', '```\n', '~~~\n', '```c nslab name="x', 'text\n', '\n', '`````\n', 'int main;\n'), fc.string());
    fc.assert(fc.property(fc.array(piece).map((pieces) => pieces.join('')), (text) => {
      let at = -1;
      for (const cell of parseNotebook(text)) {
        assert.ok(cell.from >= Math.max(0, at) && cell.to > cell.from && cell.to <= text.length);
        if (at >= 0) assert.equal(text.slice(at, cell.from).trim(), '');
        at = cell.to;
        if (cell.kind === 'program') assert.equal(text.slice(cell.textFrom, cell.textTo), cell.text);
      }
    }), { seed: 20261126 });
  });
});
