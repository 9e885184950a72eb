/* link: -lm */
/* conversions, overflow wrap of unsigned, shifts, floats as the machine does them */
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
struct point { int x, y; };
struct line { struct point from, to; char name[8]; };
static struct line longer(struct line l, int by) { l.to.x += by; strcat(l.name, "+"); return l; }
static uint32_t rotl(uint32_t v, int n) { return v << n | v >> (32 - n); }
static uint64_t xorshift(uint64_t *s) { *s ^= *s << 13; *s ^= *s >> 7; *s ^= *s << 17; return *s; }
static inline int is_pow2(unsigned v) { return v && !(v & (v - 1)); }
typedef float vec[3];
static float dot(const vec a, const vec b) { float s = 0; for (int i = 0; i < 3; i++) s += a[i] * b[i]; return s; }
int main(void)
{
    struct line a = { { 1, 2 }, { .y = 4, .x = 3 }, "ab" }, b = longer(a, 10), *p = &b;
    printf("%d %d %s %s\n", a.to.x, p->to.x, a.name, (*p).name);
    struct line lines[2] = { a, [1].name = "z" }; lines[1].from = b.to;
    printf("%d %s %zu\n", lines[1].from.x, lines[1].name, sizeof lines);
    uint64_t s = 88172645463325252ULL; for (int i = 0; i < 3; i++) printf("%llu ", (unsigned long long)xorshift(&s));
    printf("%x %d %d\n", rotl(0x80000001u, 4), is_pow2(64), is_pow2(65));
    int8_t i8 = -128; uint16_t u16 = 65535; int32_t i32 = INT_MIN; int64_t i64 = INT64_MAX;
    printf("%d %d %u %lld\n", (int8_t)(i8 - 1), (uint16_t)(u16 + 1), (unsigned)i32, (long long)(uint64_t)i64);
    printf("%d %d %d\n", -5 >> 1, (unsigned)-5 >> 28, (int)(char)0x1ff);
    bool t = 0.5, f = (bool)NULL; printf("%d %d %zu\n", t, f, sizeof(bool));
    union { double d; uint64_t u; } pun = { 1.0 }; printf("%llx\n", (unsigned long long)pun.u);
    float fl = 0.1f; printf("%.9g %.9g %d\n", fl, (double)fl * 3, fl == 0.1);
    printf("%d %d %u\n", (int)3.99, (int)-3.99, (unsigned)3e9);
    printf("%.3f %.3f %.3f %.3f\n", sqrt(2), pow(2, 0.5), floor(-1.5), fmod(7, 3));
    vec v = { 1, 2, 3 }; printf("%g %zu\n", dot(v, v), sizeof(vec));
    int grid[2][3] = { { 1, 2, 3 }, { 4, 5, 6 } }, (*row)[3] = grid + 1, *flat = &grid[0][0];
    printf("%d %d %td\n", (*row)[2], flat[4], &grid[1][1] - &grid[0][0]);
    char *names[] = { "one", "two", "three" }, **pp = names; printf("%s %c %c\n", *++pp, **pp, *(*pp + 1));
    const char *q = "walk"; int n = 0; while (*q++) n++; printf("%d\n", n);
    unsigned char bytes[4] = { 0x78, 0x56, 0x34, 0x12 }; uint32_t w; memcpy(&w, bytes, 4); printf("%x\n", w);
    printf("%d %ld %d\n", CHAR_BIT, LONG_MAX, INT_MAX + (int)0);
    int sw = 0; for (int k = 0; k < 7; k++) switch (k) { case 0 ... 2: sw += 1; break; case 3: sw += 10; default: sw += 100; } printf("%d\n", sw);
    printf("%s\n", sizeof(int[3]) == 12 && sizeof(struct { char c; long l; }) == 16 ? "sizes" : "?");
    enum { A = -1, B, C = 1 << 4 } e = C; printf("%d %d\n", e, B);
    long double ld = 1.0L / 3; printf("%.6Lf\n", ld);
    printf("%i %i\n", 'A' + 1, '\n'); printf("%c%c\n", "0123456789abcdef"[11], 3["wxyz"]);
    volatile int vi = 7; vi <<= vi & 1; printf("%d %d\n", vi, vi + 1);
    return 0;
}
