#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX(a, b) ({ typeof(a) _a = (a); typeof(b) _b = (b); _a > _b ? _a : _b; })
#define STR_(x) #x
#define STR(x) STR_(x)
#define CAT(a, b) a##b
#define LOG(fmt, ...) printf("[%s:%s] " fmt "\n", __func__, STR(LOGNAME), ##__VA_ARGS__)
#define LOGNAME demo
#define ARRAY_SIZE(x) (sizeof(x) / sizeof((x)[0]))
#define container_of(ptr, type, member) ((type *)((char *)(ptr) - offsetof(type, member)))
#define FOREACH(i, n) for (int i = 0; i < (n); i++)

enum color { RED, GREEN = 5, BLUE, LAST = BLUE + 10 };
typedef int (*binop)(int, int);
struct flags { unsigned a : 1, b : 3; signed c : 4; unsigned : 0; unsigned long d : 40; };
union u { uint32_t word; uint8_t bytes[4]; struct { uint16_t lo, hi; }; };
struct list { struct list *next; };
struct node { int value; struct list link; };
struct __attribute__((packed)) tight { char c; int i; short s; };
struct loose { char c; int i; short s; double d; };

static int add(int a, int b) { return a + b; }
static int mul(a, b) int a; int b; { return a * b; }
static binop pick(char c) { return c == '+' ? add : mul; }

static int sum(int n, ...)
{
    va_list ap, two;
    int t = 0;
    va_start(ap, n);
    va_copy(two, ap);
    for (int i = 0; i < n; i++) t += va_arg(ap, int);
    t += va_arg(two, int) * 1000;
    va_end(two);
    va_end(ap);
    return t;
}

static double mixed(const char *kinds, ...)
{
    double t = 0;
    va_list ap;
    va_start(ap, kinds);
    for (; *kinds; kinds++)
        switch (*kinds) {
        case 'i': t += va_arg(ap, int); break;
        case 'd': t += va_arg(ap, double); break;
        case 'l': t += va_arg(ap, long); break;
        case 's': t += strlen(va_arg(ap, char *)); break;
        }
    va_end(ap);
    return t;
}

static int counter(void) { static int n = 10; return n++; }

static int vla(int n, int m[n][n])
{
    int local[n * 2], s = 0;
    for (int i = 0; i < n * 2; i++) local[i] = i;
    for (int i = 0; i < n; i++) for (int j = 0; j < n; j++) s += m[i][j] * local[i + j];
    return s + sizeof local;
}

static const char *duff(int n)
{
    static char out[32];
    char *p = out;
    int k = (n + 3) / 4;
    switch (n % 4) {
    case 0: do { *p++ = '0';
    case 3: *p++ = '3';
    case 2: *p++ = '2';
    case 1: *p++ = '1';
            } while (--k > 0);
    }
    *p = 0;
    return out;
}

int main(void)
{
    LOG("max %d", MAX(3, 7));
    LOG("plain");
    printf("%d %d %d\n", GREEN, BLUE, LAST);
    printf("%d %d\n", pick('+')(3, 4), (*pick('*'))(3, 4));
    binop table[] = { [1] = mul, [0] = add };
    FOREACH(i, 2) printf("%d ", table[i](6, 7));
    struct flags f = { 1, 5, -3 };
    f.b += 4; f.c--; f.d = ~0UL;
    printf("\n%u %u %d %lu %zu\n", f.a, f.b, f.c, (unsigned long)f.d, sizeof f);
    union u u = { .word = 0x11223344 };
    printf("%x %x %x\n", u.bytes[0], u.lo, u.hi);
    printf("%zu %zu %zu\n", sizeof(struct tight), sizeof(struct loose), offsetof(struct loose, d));
    struct node n = { 99, { NULL } };
    struct list *l = &n.link;
    printf("%d\n", container_of(l, struct node, link)->value);
    printf("%d %g\n", sum(3, 1, 2, 3), mixed("idls", 1, 2.5, 3L, "four"));
    counter(); counter(); printf("%d\n", counter());
    int m[3][3] = { { 1, 2, 3 }, [2] = { 7, 8, 9 } };
    printf("%d\n", vla(3, m));
    printf("%s %s\n", duff(7), duff(4));
    int i = 0;
again:
    if (i++ < 3) { printf("%d", i); goto again; }
    for (i = 0;; i++) { if (i == 2) continue; if (i > 4) break; printf(",%d", i); }
    puts("");
    unsigned char uc = 250; uc += 10; signed char sc = (signed char)200; short sh = (short)40000; unsigned un = -1;
    printf("%d %d %d %u %d\n", uc, sc, sh, un >> 28, -7 / 2);
    printf("%d %d %ld %lu\n", -7 % 3, 1 << 10, 1L << 40, (unsigned long)-1 >> 60);
    printf("%d %d\n", (char)-1 < (unsigned char)1, -1 < 1u);
    printf("%d\n", sizeof(char) == sizeof 'a');
    char s[] = "abc" "def\x41\101\0hidden";
    printf("%s %zu\n", s, sizeof s);
    int CAT(var, 1) = 5; printf("%d\n", var1);
    struct node copy = n, *pn = &copy; pn->value++; printf("%d %d\n", n.value, (*pn).value);
    int *ip = (int[]){ 10, 20, 30 }; printf("%d %d %d\n", ip[1], *(ip + 2), 2[ip]);
    printf("%s\n", (i > 3 ? "big" : i > 1 ? "mid" : "small"));
    int x = 5; x ^= 3; x <<= 2; x |= 1; x %= 7; printf("%d %d\n", x, !x);
    printf("%d\n", (x = 3, x + 1));
    double dd = 7 / 2 + 7 / 2.0; float ff = 16777217; printf("%g %.1f %d\n", dd, ff, (int)-2.9);
    void (*fp)(void) = NULL; printf("%d %d\n", fp == NULL, (int)sizeof(fp));
    printf("line %d %s\n", __LINE__, strrchr(__FILE__, '.'));
#if defined(__linux__) && !defined(NOPE) && (2 + 2 * 2 == 6)
    puts("linux");
#elif 1
    puts("else");
#else
#error never
#endif
    return 0;
}
