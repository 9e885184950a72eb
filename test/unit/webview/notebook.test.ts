import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AttributeName } from '../../../webview/notebook/attributes.ts';
import { attributesOf, withAttribute } from '../../../webview/notebook/attributes.ts';
import { joinWords, splitWords } from '../../../webview/notebook/command_words.ts';
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
    assert.deepEqual(program.attributes, { name: 'a.c', args: ['-x', '1'], uid: 1000, kernel: '3.8', stdin: null, before: [], with: [], privateRoot: false, state: null, tty: true, predict: false, goto: null });
    assert.deepEqual(program.faults, []);
  });

  it('has states of machines beside programs, with names by which these begin with them', () => {
    const text = `${FENCE}c nslab state="host"\nint main(void) { return 0; }\n${FENCE}\n\n${FENCE}json nslab name="host"\n{ "nslab-state": 1 }\n${FENCE}\n`;
    const [program, state, ...more] = parseNotebook(text);
    assert.deepEqual([program?.kind === 'program' && program.attributes.state, state?.kind === 'state' && [state.name, state.text, text.slice(state.textFrom, state.textTo), state.faults], more], ['host', ['host', '{ "nslab-state": 1 }\n', '{ "nslab-state": 1 }\n', []], []]);
    const faults = (words: string): string => parseNotebook(`${FENCE}json nslab${words}\n{}\n${FENCE}\n`).flatMap((cell) => (cell.kind === 'state' ? cell.faults : ['no state'])).join();
    assert.match(faults(''), /needs a name/);
    assert.match(faults(' name="a b"'), /letters, digits/);
    assert.match(faults(' name="a" uid="0"'), /nothing else/);
    assert.match(programs(`${FENCE}c nslab state="../x"\n${FENCE}\n`)[0]?.faults.join() ?? '', /state is the name of a state/);
    assert.match(parseNotebook(`${FENCE}json nslab name="x"\n{}`).flatMap((cell) => (cell.kind === 'state' ? cell.faults : [])).join(), /closing fence is missing/);
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

  it('takes arguments apart as a shell does', () => {
    const args = (value: string) => attributesOf(` args=${JSON.stringify(value)}`);
    assert.deepEqual(args(`sh -c 'echo "a  b"' "it's $HOME \\$" a\\ b ''`).attributes.args, ['sh', '-c', 'echo "a  b"', "it's $HOME $", 'a b', '']);
    assert.match(args(`'open`).faults.join(), /quote is not closed/);
    fc.assert(fc.property(fc.array(fc.string()), (words) => { assert.deepEqual(splitWords(joinWords(words)), words); }), { seed: 20261127 });
  });

  it('changes one attribute and leaves the others as they are written', () => {
    const words = ' name="a.c"  colour="red" before="x" uid="1000" before="y"';
    assert.equal(withAttribute(words, 'uid', []), ' name="a.c"  colour="red" before="x" before="y"');
    assert.equal(withAttribute(words, 'before', ['z "q"', 'a\nb']), ' name="a.c"  colour="red" before="z \\"q\\"" before="a\\nb" uid="1000"');
    assert.equal(withAttribute(words, 'private-root', [null]), `${words} private-root`);
    assert.equal(withAttribute(' ??? ', 'uid', ['1000']), ' ??? uid="1000"'.replace(' ???', ' ???'));
    const name = fc.constantFrom('name', 'args', 'uid', 'kernel', 'stdin', 'before', 'with', 'private-root', 'tty', 'predict', 'goto');
    const word = fc.tuple(name, fc.string()).map(([key, value]) => ` ${key}=${JSON.stringify(value)}`);
    const free = fc.constantFrom<AttributeName>('stdin', 'before', 'args');
    fc.assert(fc.property(fc.array(word), free, fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }), (before, key, values) => {
      const line = before.join('');
      const was = attributesOf(line).attributes;
      const now = attributesOf(withAttribute(line, key, values)).attributes;
      if (key === 'before') assert.deepEqual(now.before, values);
      else if (key === 'stdin') assert.equal(now.stdin, values.length === 0 ? null : values.at(-1) ?? '');
      assert.deepEqual({ ...now, before: [], stdin: '', args: [] }, { ...was, before: [], stdin: '', args: [] });
    }), { seed: 20261127 });
  });

  it('is wholly in its cells, in order, whatever stands in it', () => {
    const piece = fc.oneof(fc.constantFrom('```c nslab\n', '```\n', '~~~\n', '```c nslab name="x', 'text\n', '\n', '`````\n', 'int main;\n'), fc.string());
    fc.assert(fc.property(fc.array(piece).map((pieces) => pieces.join('')), (text) => {
      let at = -1;
      for (const cell of parseNotebook(text)) {
        assert.ok(cell.from >= Math.max(0, at) && cell.to > cell.from && cell.to <= text.length);
        if (at >= 0) assert.equal(text.slice(at, cell.from).trim(), '');
        at = cell.to;
        if (cell.kind === 'program') assert.deepEqual([text.slice(cell.textFrom, cell.textTo), text.slice(cell.wordsFrom, cell.wordsFrom + cell.words.length)], [cell.text, cell.words]);
      }
    }), { seed: 20261126 });
  });
});
