import assert from 'node:assert/strict';
import { ensureSyntaxTree, getIndentation, indentUnit } from '@codemirror/language';
import { EditorState } from '@codemirror/state';
import { classHighlighter, highlightTree } from '@lezer/highlight';
import { c } from '../../../webview/notebook/c_words.ts';

/** Each highlighted word with its class, in order. */
function words(text: string): string[] {
  const state = EditorState.create({ doc: text, extensions: c });
  const found: string[] = [];
  highlightTree(ensureSyntaxTree(state, text.length, 5_000) ?? assert.fail(), classHighlighter, (from, to, name) => { found.push(`${text.slice(from, to)}:${name.split(' ')[0]?.slice(4) ?? ''}`); });
  return found;
}

/** How far a new line is indented in the place of `|`, in units. */
function indentation(text: string): number | null {
  const at = text.indexOf('|');
  const state = EditorState.create({ doc: text.replace('|', ''), extensions: [c, indentUnit.of('    ')] });
  ensureSyntaxTree(state, state.doc.length, 5_000);
  const found = getIndentation(state, at);
  return found === null ? null : found / 4;
}

describe('the words of C in the editor', () => {
  it('are told apart', () => {
    assert.deepEqual(words('#include <sched.h>\nstatic int x = 0x1fUL; // one'), ['#include:meta', '<sched.h>:string', 'static:keyword', 'int:typeName', '0x1fUL:number', '// one:comment']);
    assert.deepEqual(words('if (f("a\\"b", \'\\n\') == NULL) return;'), ['if:keyword', 'f:variableName', '"a\\"b":string', '\'\\n\':string', 'NULL:atom', 'return:keyword']);
    assert.deepEqual(words('struct utsname u; pid_t p;'), ['struct:keyword', 'utsname:typeName', 'pid_t:typeName']);
  });

  it('know comments over several lines, and directives that go on', () => {
    assert.deepEqual(words('/* int\nif */ x'), ['/* int:comment', 'if */:comment']);
    assert.deepEqual(words('#define A(x) \\\n  foo(x) \\\n  "s"\nint y;'), ['#define:meta', 'A:meta', '"s":string', 'int:typeName']);
    assert.deepEqual(words('char *a = "unfinished\nint b;'), ['char:typeName', '"unfinished:string', 'int:typeName']);
  });

  it('indent what is in braces, what belongs to a condition, and what is not finished', () => {
    assert.equal(indentation('int main(void) {\n|'), 1);
    assert.equal(indentation('int main(void) {\n    f();\n|'), 1);
    assert.equal(indentation('int main(void) {\n    if (x)\n|'), 2);
    assert.equal(indentation('int main(void) {\n    if (x)\n        f();\n|'), 1);
    assert.equal(indentation('int main(void) {\n    f(1,\n|'), 2);
    assert.equal(indentation('int main(void) {\n    f();\n|}'), 0);
    assert.equal(indentation('int main(void)\n|{'), 0);
    assert.equal(indentation('int a[] = {\n    1,\n|'), 1);
    assert.equal(indentation('void f(void) {\n    switch (x) {\n|case 1:'), 1);
    assert.equal(indentation('void f(void) {\n    x = "{";\n    /* { */\n|'), 1);
    assert.equal(indentation('void f(void) {\n    x();\n|#ifdef A'), 0);
  });
});
