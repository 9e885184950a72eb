import { strict as assert } from 'node:assert';
import { preprocess, type Preprocessed } from '../../../simulator/c/preprocess/preprocess.ts';
import { filesOf, system } from './compiled.ts';
import { preprocessCases } from './preprocess_cases.ts';

function preprocessed(texts: Readonly<Record<string, string>>): Preprocessed {
  return preprocess('t.c', new TextEncoder().encode(texts['t.c']), filesOf(texts), system);
}
function text({ tokens }: Preprocessed): string { return tokens.map((token) => token.text).join(' ').trim(); }
function messages({ said }: Preprocessed): readonly string[] {
  return said.map(({ diagnostic: { span: { at }, severity, message } }) => `${at.file}:${at.line}:${at.column}: ${severity}: ${message}`);
}

describe('The preprocessor', () => {
  describe('gives the tokens that gcc gives', () => {
    for (const one of preprocessCases()) it(one.name, () => assert.equal(text(preprocessed({ 't.c': one.text })), one.tokens));
  });

  describe('reads headers', () => {
    it('beside the file that asks, then of the program, then of the system', () => {
      const done = preprocessed({ 't.c': '#include "d/a.h"\n', 'd/a.h': '#include "b.h"\n#include "c.h"\n', 'd/b.h': 'beside', 'c.h': 'top' });
      assert.equal(text(done), 'beside top');
      assert.deepEqual(messages(preprocessed({ 't.c': '#include <stddef.h>\n#include "stdarg.h"\n' })), []);
    });
    it('once, by their guard or by #pragma once, and with other macros again', () => {
      assert.equal(text(preprocessed({ 't.c': '#include "a.h"\n#include "./a.h"\n#include "b.h"\n#include "b.h"\n', 'a.h': '#ifndef A\n#define A\na\n#endif\n', 'b.h': '#pragma once\nb\n' })), 'a b');
      assert.equal(text(preprocessed({ 't.c': '#include "a.h"\n#undef A\n#include "a.h"\n', 'a.h': '#ifndef A\n#define A\na\n#endif\n' })), 'a a');
      assert.equal(text(preprocessed({ 't.c': '#define X 1\n#include "x.h"\n#undef X\n#define X 2\n#include "x.h"\n', 'x.h': 'X\n' })), '1 2');
    });
    it('whose name a macro gives', () => {
      assert.equal(text(preprocessed({ 't.c': '#define H "a.h"\n#include H\n#define L <a\n#if __has_include(H)\nyes\n#endif\n', 'a.h': 'a' })), 'a yes');
    });
    it('and stops at one that is nowhere', () => {
      const done = preprocessed({ 't.c': 'a\n#include <sttdio.h>\nb\n' });
      assert.deepEqual(messages(done), ['t.c:2:10: error: sttdio.h: No such file or directory']);
      assert.equal(done.said[0]?.diagnostic.hint, 'did you mean <stdio.h>?');
      assert.equal(done.stopped, true);
    });
    it('that include themselves only so often', () => {
      assert.match(messages(preprocessed({ 't.c': '#include "t.c"\n' }))[0] ?? '', /#include nested depth/);
    });
  });

  describe('keeps places', () => {
    it('of a macro: where it is used, and where its text was written', () => {
      const { tokens } = preprocessed({ 't.c': '#define ONE \\\n  1\n#define TWO(x) ONE + x\nint a = TWO(\n  b);\n' });
      const place = (n: string) => tokens.find((token) => token.text === n)?.place;
      assert.deepEqual(place('1'), { file: 't.c', line: 4, column: 9, macro: { file: 't.c', line: 2, column: 3 } });
      assert.deepEqual(place('+'), { file: 't.c', line: 4, column: 9, macro: { file: 't.c', line: 3, column: 20 } });
      assert.deepEqual(place('b'), { file: 't.c', line: 5, column: 3 });
    });
    it('behind joined lines, tabs, comments and other characters, in bytes', () => {
      const { tokens } = preprocessed({ 't.c': 'a\\\nb /* é\n */ c\n\té d\n' });
      assert.deepEqual(tokens.map(({ place }) => `${place.line}:${place.column}`), ['1:1', '3:5', '4:2', '4:5', '5:1']);
    });
    it('that #line gives', () => {
      const { tokens } = preprocessed({ 't.c': '#line 40 "o.c"\na\n#line 7\nb __FILE__' });
      assert.deepEqual(tokens.slice(0, 3).map(({ place, text: t }) => `${t} ${place.file}:${place.line}`), ['a o.c:40', 'b o.c:7', '"o.c" o.c:7']);
    });
  });

  it('takes bytes that are no UTF-8 in strings and comments as they are', () => {
    const bytes = Uint8Array.of(0x22, 0xff, 0xc3, 0x28, 0x22, 0x2f, 0x2f, 0xfe, 0x0a, 0x61);
    const { tokens, said } = preprocess('t.c', bytes, filesOf({}), system);
    assert.deepEqual(tokens.map((token) => token.text), ['"\xff\xc3("', 'a', '']);
    assert.deepEqual(said, []);
  });
  it('says the fixed date of the simulated computer', () => {
    assert.equal(text(preprocessed({ 't.c': '__DATE__ __TIME__' })), '"Jan  1 2026" "00:00:00"');
  });
});
