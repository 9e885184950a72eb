#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <assert.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/queue.h>
#define container_of(ptr, type, member) ({ const typeof(((type *)0)->member) *__mptr = (ptr); (type *)((char *)__mptr - offsetof(type, member)); })
#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))
#define max(a, b) ({ __typeof__(a) _a = (a); __typeof__(b) _b = (b); _a > _b ? _a : _b; })
struct list_head { struct list_head *next, *prev; }; struct item { int v; struct list_head l; };
#define LIST_HEAD_INIT(n) { &(n), &(n) }
static inline void list_add_tail(struct list_head *n, struct list_head *h) { n->prev = h->prev; n->next = h; h->prev->next = n; h->prev = n; }
#define list_for_each(pos, head) for (pos = (head)->next; pos != (head); pos = pos->next)
struct ent { int x; TAILQ_ENTRY(ent) e; }; TAILQ_HEAD(hd, ent);
enum color { RED = 1, GREEN, BLUE = 10 }; static const char *const names[] = { [RED] = "red", [GREEN] = "green", [BLUE] = "blue" };
typedef int (*op)(int, int); static int add(int a, int b) { return a + b; } static int sub(int a, int b) { return a - b; } struct flags { unsigned a : 3, b : 5; signed c : 4; }; union u { int i; float f; unsigned char b[4]; };
int fact(int n) { return n <= 1 ? 1 : n * fact(n - 1); } static int counter(void) { static int c; return ++c; } void matrix(int n, int m[n][n]) { for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) m[i][j] = i * n + j; }
#define STR(x) #x
#define XSTR(x) STR(x)
#define CAT(a, b) a##b
#define debug(fmt, ...) fprintf(stdout, "%s:%d:%s(): " fmt, __FILE__, __LINE__, __func__, ##__VA_ARGS__)
int main(void) {
  struct list_head h = LIST_HEAD_INIT(h), *pos; for (int i = 0; i < 3; i++) { struct item *it = malloc(sizeof *it); it->v = i * i; list_add_tail(&it->l, &h); } list_for_each(pos, &h) printf("%d ", container_of(pos, struct item, l)->v); puts(""); struct hd q; TAILQ_INIT(&q); for (int i = 0; i < 3; i++) { struct ent *e = malloc(sizeof *e); e->x = i; TAILQ_INSERT_HEAD(&q, e, e); } struct ent *e; TAILQ_FOREACH(e, &q, e) printf("%d ", e->x); puts("");
  op ops[] = { add, sub }; for (size_t i = 0; i < ARRAY_SIZE(ops); i++) printf("%d\n", ops[i](7, 3)); struct flags f = { 7, 17, -3 }; f.a++; printf("%u %u %d %zu\n", f.a, f.b, f.c, sizeof f); union u u = { .f = 1.0f }; printf("%x %02x\n", u.i, u.b[3]); int m[3][3]; matrix(3, m); printf("%d\n", m[2][1]); int n = 4, vla[n]; memset(vla, 0, sizeof vla); printf("%zu\n", sizeof vla); counter(); counter(); printf("%d %d %s %s %d\n", counter(), fact(10), names[BLUE], XSTR(CAT(1, 2)), CAT(1, 2)); debug("val %d\n", 5); debug("none\n"); printf("%d\n", max(3, 9)); int (*pa)[3] = m; printf("%d %td\n", (*(pa + 1))[2], &m[2][0] - &m[0][0]); char *s = "a" "b" "\x41\101\n"; printf("%s", s); goto end; puts("skipped"); end: switch (n) { case 1 ... 3: puts("low"); break; case 4: puts("four"); default: puts("fall"); } unsigned char uc = 200; uc += 100; short sh = 32767; sh++; printf("%d %d %d %d\n", uc, sh, -7 / 2, -7 % 3); printf("%d %u %d\n", 1 << 31 >> 31, -1 >> 1 ? 1u : 0u, 'a' < -1 ? 1 : 0); printf("%d\n", sizeof(char) == 1 ?: 5); bool t = 42; printf("%d %s\n", t, t ? "true" : "false"); struct { int a; struct { char b[3]; } in; } nest = { .in.b = "xy", .a = 9 }; printf("%d %s %zu\n", nest.a, nest.in.b, sizeof nest); const char *ml = "multi\
line"; puts(ml); _Static_assert(sizeof(long) == 8, "lp64"); printf("%s\n", _Generic(1.0, int: "int", double: "double", default: "other")); assert(n == 5 && "boom");
  return 0;
}
