import assert from 'node:assert/strict';
import type { TerminalPart, TerminalShown } from '../../../simulator/timeline/terminals.ts';
import { linesOf, writersOf } from '../../../webview/notebook/terminal_lines.ts';
import { stdinOf, typedName } from '../../../webview/notebook/typed_text.ts';

/** A terminal on which these were written, one after the other; the writer is a task's number, 0: it was typed. */
function terminal(...pieces: readonly (readonly [number, string, TerminalPart['stream']?])[]): TerminalShown {
  const bytes = pieces.map(([, text]) => Buffer.from(text, 'utf8').toString('latin1'));
  return {
    name: '/dev/pts/0', what: 'console', gone: false, text: bytes.join(''),
    parts: pieces.map(([task, , stream], n) => ({ task: task === 0 ? null : `task:${task}`, stream: stream ?? (task === 0 ? 'terminal' : 'stdout'), length: bytes[n]!.length })),
  };
}

const texts = (of: TerminalShown, only: string | null = null): string[] => linesOf(of, only).map(({ runs }) => runs.map(({ text, control }) => (control ? `<${text}>` : text)).join('|'));

describe('text on a terminal', () => {
  it('is lines, each with who wrote what in it', () => {
    const of = terminal([4, 'one\r\ntwo'], [5, ' and', 'stderr'], [4, ' three\n'], [0, 'typed\n'], [5, '\nlast']);
    assert.deepEqual(texts(of), ['one', 'two| and| three', 'typed', '', 'last']);
    assert.deepEqual(linesOf(of, null)[1]?.runs.map(({ task, stream }) => [task, stream]), [['task:4', 'stdout'], ['task:5', 'stderr'], ['task:4', 'stdout']]);
    assert.deepEqual(texts(of, 'task:5'), [' and', 'last']);
    assert.deepEqual(texts(of, 'task:4'), ['one', 'two| three']);
    assert.deepEqual(writersOf(of), ['task:4', 'task:5']);
    assert.deepEqual(texts(terminal()), []);
  });

  it('is read as UTF-8 also when a character, or the end of a line, comes in two pieces', () => {
    const snowman = Buffer.from('☃').toString('latin1');
    const of: TerminalShown = { ...terminal(), text: `${snowman}\r\nx\r`, parts: [1, 3, 1, 2].map((length) => ({ task: 'task:4', stream: 'stdout', length })) };
    assert.deepEqual(texts(of), ['☃', 'x|<\\r>']);
    assert.deepEqual(texts({ ...terminal(), text: '\xe2\x98', parts: [{ task: 'task:4', stream: 'stdout', length: 2 }] }), ['\ufffd']);
  });

  it('does nothing: control characters and what turns text round are written out', () => {
    assert.deepEqual(texts(terminal([4, 'a\u001b[2Jb\u0007\tc\u202ed\u0000'])), ['a|<\\e>|[2Jb|<\\x07>|\tc|<\\u{202e}>|d|<\\x00>']);
  });

  it('names what was typed, and makes the stdin of it that a pipe would bring', () => {
    assert.deepEqual(['ann\n', 'x\u0004', '\u0003', '\r', ''].map(typedName), ['ann⏎', 'x^D', '^C', '⏎', 'time passed']);
    const typed = (...all: string[]): string => stdinOf(all.map((text) => ({ text, at: null })));
    assert.equal(typed('a\n', '', 'b\n'), 'a\nb\n');
    assert.equal(typed('a\n', '\u0004', 'b\n'), 'a\n');
    assert.equal(typed('a\u0004', 'b\r', '\u0003'), 'ab\n');
    assert.equal(typed('\u0004', 'b\n'), '');
  });
});
