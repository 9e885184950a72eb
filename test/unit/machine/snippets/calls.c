#include "prelude.h"
// A call's target, its arguments and its result in registers and memory that do not get in each other's way.
union small { int a; };
struct large { long a[6]; };
static union small make(int *p, long k) { union small u; u.a = k; *p = 3; return u; }
static int *take(union small u, int v, long w) { static int x; x = u.a + v + w; return &x; }
static struct large many(int n) { struct large l = { { n, n + 1, n + 2 } }; return l; }
static long sum(struct large l, struct large m, char c) { return l.a[2] * 100 + m.a[1] * 10 + c; }
static int nested(int a, int b, int c) { return a * 100 + b * 10 + c; }
static int *slot(int i) { static int slots[4]; print("slot %d\n", i); return &slots[i]; }
static double mean(double a, float b, int c) { return (a + b + c) / 3; }
struct holder { int (*call)(int, int, int); struct large l; };
int main(void) {
  int y, *l, **ll = &l;
  long s = 4;
  (*ll) = take(make(&y, s), y, s);
  print("%d %d\n", *l, y);
  print("%ld\n", sum(many(5), many(7), 'a'));
  print("%d\n", nested(nested(1, 2, 3), nested(4, nested(0, 0, 5), 6), nested(7, 8, 9)));
  *slot(1) = nested(*slot(2), *slot(3), 1) + 1;
  *slot(2) = nested(1, 2, *slot(1));
  print("%d %d\n", *slot(1), *slot(2));
  struct large array[3] = { { { 1 } } };
  int i = 0;
  array[i++] = many(9);
  array[i++] = array[0];
  array[i].a[1] = array[0].a[1] + many(20).a[2];
  print("%d %ld %ld %ld\n", i, array[0].a[0], array[1].a[2], array[2].a[1]);
  print("%f\n", mean(1, 2, 6));
  struct holder h = { nested, many(3) };
  struct holder *p = &h;
  print("%d %ld\n", p->call(h.l.a[0], p->l.a[1], (*p).call(0, 0, 1)), many(i ? 40 : 50).a[0]);
  struct large chosen = i ? many(1) : array[0];
  print("%ld %ld\n", chosen.a[1], (i ? array[0] : chosen).a[0]);
  return 0;
}
