import { strict as assert } from 'node:assert';
import { renderDiagnostics } from '../../../simulator/c/render.ts';
import { compiled } from './compiled.ts';

/** What a person reads: compared word for word, because that is the product. */
describe('An error is shown where it is, with what would mend it', () => {
  const shown = (text: string): string => renderDiagnostics(compiled(text).diagnostics, (file) => (file === 't.c' ? new TextEncoder().encode(text) : null));

  const CASES: readonly (readonly [string, string, readonly string[]])[] = [
    ['a name that was misspelt', 'int count; int main(void) { return cuont; }\n', [
      "t.c:1:36: error: 'cuont' undeclared (first use in this function)", '    1 | int count; int main(void) { return cuont; }', '      |                                    ^~~~~', "      | hint: did you mean 'count'?"]],
    ['a header that is missing', 'int main(void) { pid_t p = fork(); }\n', [
      "t.c:1:18: error: unknown type name 'pid_t'", '    1 | int main(void) { pid_t p = fork(); }', '      |                  ^~~~~', '      | hint: include <sys/types.h>',
      "t.c:1:28: warning: implicit declaration of function 'fork'", '    1 | int main(void) { pid_t p = fork(); }', '      |                            ^~~~', '      | hint: include <unistd.h>']],
    ['a semicolon: at the end of the line that lacks it', 'int main(void) {\n  int x = 5\n  return x;\n}\n', [
      "t.c:2:12: error: expected ';' before 'return'", '    2 |   int x = 5', '      |            ^', "      | hint: a ';' is missing at the end of line 2"]],
    ['characters behind others that take several bytes', 'char *s = "é→"; int x = yy;\n', [
      "t.c:1:28: error: 'yy' undeclared here (not in a function)", '    1 | char *s = "é→"; int x = yy;', '      |                         ^~']],
    ['quotes from a web page', 'char *s = “a”;\n', [
      "t.c:1:11: error: stray '“' in program", '    1 | char *s = “a”;', '      |           ^', '      | hint: this is a typographic quote: C wants " or \'',
      "t.c:1:15: error: stray '”' in program", '    1 | char *s = “a”;', '      |             ^', '      | hint: this is a typographic quote: C wants " or \'',
      "t.c:1:14: error: 'a' undeclared here (not in a function)", '    1 | char *s = “a”;', '      |            ^']],
    ['inside a macro: its use, and its text', '#define BAD(x) (x)->y\nint f(int p) { return BAD(p); }\n', [
      "t.c:2:23: error: invalid type argument of '->' (have 'int')", '    2 | int f(int p) { return BAD(p); }', '      |                       ^~~', 't.c:1:19: note: in expansion of this macro', '    1 | #define BAD(x) (x)->y', '      |                   ^']],
    ['what C has and the simulator not', 'void f(void) { asm("nop"); }\n', [
      't.c:1:16: error: inline assembly is not supported', '    1 | void f(void) { asm("nop"); }', '      |                ^~~~~~~~~~~', '      | hint: use the C function of the library, or syscall()']],
    ['a member that is not there', 'struct pair { int first, second; } p; int x(void) { return p.frist; }\n', [
      "t.c:1:61: error: 'struct pair' has no member named 'frist'", '    1 | struct pair { int first, second; } p; int x(void) { return p.frist; }', '      |                                                            ~^~~~~~', "      | hint: did you mean 'first'?"]],
    ['a brace that is missing', 'int main(void) {\n  if (1) {\n  return 0;\n}\n', [
      't.c:4:2: error: expected declaration or statement at end of input', '    4 | }', '      |  ^', "      | hint: the '{' of line 1 has no '}'"]],
    ['control characters: made visible, and the caret where it belongs', 'int x = \x1b[31m;\n', [
      "t.c:1:9: error: stray '\\33' in program", '    1 | int x = \ufffd[31m;', '      |         ^', "t.c:1:10: error: expected expression before '[' token", '    1 | int x = \ufffd[31m;', '      |          ^']],
  ];
  for (const [name, text, lines] of CASES) it(name, () => assert.deepEqual(shown(text).trimEnd().split('\n'), lines));

  it('several in one file, each once', () => {
    const { diagnostics } = compiled('int f(void) { a = 1; a = 2; return b; }\nint g(void) { int x = ; return a; }\nint h(int x) { x.y = 1; foo(; }\nint ok;\nint ok(void);\n');
    assert.deepEqual(diagnostics.filter(({ severity }) => severity === 'error').map(({ span: { at }, message }) => `${at.line}: ${message}`), [
      "1: 'a' undeclared (first use in this function)", "1: 'b' undeclared (first use in this function)", "2: expected expression before ';' token", "2: 'a' undeclared (first use in this function)",
      "3: request for member 'y' in something not a structure or union", "3: expected expression before ';' token", "5: 'ok' redeclared as different kind of symbol",
    ]);
  });

  it('nothing is said of what only system headers do', () => {
    assert.deepEqual(compiled('#include <stdio.h>\n#include <stdlib.h>\n#include <signal.h>\n#include <sys/wait.h>\n#include <pthread.h>\nint main(void) { return 0; }\n').diagnostics, []);
  });
});
