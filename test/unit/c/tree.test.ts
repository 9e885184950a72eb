import { strict as assert } from 'node:assert';
import { compiled } from './compiled.ts';
import { initializerText, statementText } from './tree_text.ts';

/** What the code generator is given: each implied step is a node of its own, constants are folded, and names are symbols. */
const CASES: readonly (readonly [string, string, readonly string[]])[] = [
  ['the usual conversions', 'int f(char c, unsigned u, long l) { return c + u * l; }', [
    'f return int((long int(c) + (long int(u) * l)));',
  ]],
  ['promotions', 'int f(short s, int n) { return s << n | -s == ~n; }', [
    'f return ((int(s) << n) | (-int(s) == ~n));',
  ]],
  ['floats', 'int f(float x, int n) { return x + n > 0 && !x; }', [
    'f return (((x + float(n)) > 0:float) && !x);',
  ]],
  ['pointers', 'int f(int *p, char *q, int n) { p += n; p++; return p[n] + *q - (p - &p[2]); }', [
    'f (p +=<int *> long int(n)*4); (post p 1*4); return int((long int((*((p + long int(n)*4)) + int(*(q)))) - ((p - !int *((p + 2:long int*4)))/4)));',
  ]],
  ['narrow targets', 'int f(unsigned char c) { c += 1.5; c <<= 3; return c++; }', [
    'f (c +=<double> 1.5:double); (c <<=<int> 3:int); return int((post c 1*1));',
  ]],
  ['members, bit-fields, records', 'struct s { int a; struct { int x : 3, y : 4; }; } v; int f(struct s *p) { p->y = 5; v = *p; return p->x + v.a; }', [
    'f (*(p)+4+0{3,4} = 5:int); (v = *(p)); return (*(p)+4+0{0,3} + v+0);',
    'v zero',
  ]],
  ['arguments', 'int g(const char *, ...); int f(char c, float x) { return g("a", c, x, g) + (*g)("b"); }', [
    'f return (@g(const char *(@"a\\u0000"), int(c), double(x), @g) + @*(@g)(const char *(@"b\\u0000")));',
  ]],
  ['arrays of variable length', 'int f(int n) { int a[n][3]; a[1][2] = 4; return sizeof a + sizeof(char[n]); }', [
    'f long unsigned int .size0 [8: 0=(long unsigned int(n) * 12:long unsigned int)]; int[][3] a length .size0; (*((@*((@a + 1:long int*12)) + 2:long int*4)) = 4:int); long unsigned int .size1; return int((.size0 + ((.size1 = (long unsigned int(n) * 1:long unsigned int)), .size1)));',
  ]],
  ['switches, and GNU\'s ?:', 'int f(int x) { switch (x) { case 1 ... 3: return 5; case \'a\': default: break; } return x ?: 7; }', [
    'f switch (x) <1..3,97,default> {case 1: return 5:int; case 97: default: break;} return (x ?  : 7:int);',
  ]],
  ['values of blocks and literals', 'int f(int x) { return ({ int y = x; y * 2; }) + (int){ 3 } + sizeof(long) * 2; }', [
    'f return int((long unsigned int((({int y [4: 0=x]; => (y * 2:int)}) + literal[4: 0=3:int])) + 16:long unsigned int));',
  ]],
  ['constant addresses', 'int a[5], *p = a + 2, *q = &a[1] - 1; char *s = "abc" + 1; int (*fp)(void); long d = &a[4] - &a[1];', [
    'p [8: 0=int *((&(a) + 8:long int*1))]',
    'q [8: 0=int *(&(a))]',
    's [8: 0=char *((@"abc\\u0000" + 1:long int*1))]',
    'd [8: 0=3:long int]',
    'a zero',
    'fp zero',
  ]],
  ['initializers', 'struct { char n[4]; int b : 5, c : 6; double d; } v = { "ab", .c = -1, 2 }; int z[] = { [2] = 1, 5 };', [
    'v [16: 0="ab\\u0000" 4{5,6}=-1:int 8=2:double]',
    'z [16: 8=1:int 12=5:int]',
  ]],
  ['static locals, labels, and what main returns', 'int main() { static int n = 3; goto end; end: n--; }', [
    'main goto end; end: (post n -1*1); return 0:int;',
    'n [4: 0=3:int]',
  ]],
  ['builtins', 'void f(void *p) { __builtin_va_list ap; long x = __sync_fetch_and_add((long *) p, 1); if (__builtin_expect(x > 0, 1)) x = __builtin_popcountl(x) + __builtin_strlen("ab"); }', [
    'f struct __va_list_tag[1] ap; long int x [8: 0=#__atomic_fetch_add(!long int *(p), 1:long int)]; if (long int(long int((x > 0:long int)))) (x = long int((long unsigned int(#__builtin_popcountl(long unsigned int(x))) + @strlen(const char *(@"ab\\u0000")))));',
  ]],
  ['functions in functions', 'int f(int x) { int g(int y) { return x + y; } return g(2); }', [
    'g.0 void ** .chain [8: 0=.chain0]; return (*(int *(*((.chain + 0:long int*8)))) + y);',
    'f void *[1] .links0 [8: 0=void *(&(x))]; return ((.chain0 = @.links0), @g.0)(2:int);',
    '.chain0 zero',
  ]],
  ['casts', 'int f(void *p) { return p ? *(int *) p : (int) (long) p; } _Bool b(double d) { return d; }', [
    'f return (p ? *(!int *(p)) : !int(!long int(p)));',
    'b return _Bool(d);',
  ]],
];

describe('The checked tree says everything that C implies', () => {
  for (const [name, text, lines] of CASES) {
    it(name, () => {
      const { unit, diagnostics } = compiled(text);
      assert.deepEqual(diagnostics.filter(({ severity }) => severity !== 'warning'), []);
      assert.deepEqual([
        ...(unit?.functions ?? []).map(({ symbol, body }) => `${symbol.name} ${body.statements.map(statementText).join(' ')}`),
        ...(unit?.variables ?? []).map(({ symbol, init }) => `${symbol.name} ${init ? initializerText(init) : 'zero'}`),
      ], lines);
    });
  }

  it('blocks name their locals, hidden ones not', () => {
    const { unit } = compiled('int f(int n) { int a = 1; static int s; int v[n]; { int b; } for (int i = 0; ; ) break; return (int){ a }; }');
    const body = unit?.functions[0]?.body;
    assert.deepEqual(body?.locals.map(({ name, storage }) => `${name} ${storage}`), ['a automatic', 's static', 'v automatic']);
    assert.deepEqual(body.statements.flatMap((statement) => ('locals' in statement ? statement.locals.map(({ name }) => name) : [])), ['b', 'i']);
  });

  it('symbols are one for all declarations of a name', () => {
    const { unit } = compiled('extern int a[]; int f(); int g(void) { extern int a[]; return a[0] + f(1); } int a[3]; int f(int x) { return x; } static int h; int w(void) __attribute__((weak));');
    assert.deepEqual(unit?.symbols.map((symbol) => `${symbol.name} ${symbol.linkage} ${symbol.defined}${symbol.kind === 'function' && symbol.weak ? ' weak' : ''}`), ['a external true', 'f external true', 'g external true', 'h internal true', 'w external false weak']);
    const [first] = unit.symbols;
    assert.equal(first?.type.kind === 'array' ? first.type.length : null, 3);
  });
});
