// mem*, str* and ctype on small alphabets, so that everything happens.
#define _GNU_SOURCE
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <libgen.h>

static uint64_t state = 5;
static int below(int n) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (int)((state >> 33) % (uint64_t)n);
}
static void make(char *to, int most) {
  int n = below(most);
  for (int i = 0; i < n; i++) to[i] = "abAB0019._-/ "[below(13)];
  to[n] = 0;
}
static int sign(int x) { return (x > 0) - (x < 0); }
static long at(const char *base, const void *p) { return p ? (const char *)p - base : -1; }

int main(void) {
  for (int c = -1; c < 256; c++)
    printf("%d%d%d%d%d%d%d%d%d%d%d%d %d %d\n", !!isalnum(c), !!isalpha(c), !!isblank(c), !!iscntrl(c), !!isdigit(c), !!isgraph(c), !!islower(c), !!isprint(c), !!ispunct(c), !!isspace(c), !!isupper(c), !!isxdigit(c), tolower(c), toupper(c));
  for (int i = 0; i < 1000; i++) {
    char a[40], b[40], t[100], u[100];
    make(a, 14);
    make(b, 7);
    int n = below(10), c = a[0] ? a[below((int)strlen(a))] : 'x';
    printf("%s|%s|%d: ", a, b, n);
    printf("%d %d %d %d %d ", sign(strcmp(a, b)), sign(strncmp(a, b, n)), sign(strcasecmp(a, b)), sign(strncasecmp(a, b, n)), sign(strverscmp(a, b)));
    printf("%ld %ld %ld %ld %ld ", at(a, strchr(a, c)), at(a, strrchr(a, c)), at(a, strchrnul(a, b[0])), at(a, strstr(a, b)), at(a, strcasestr(a, b)));
    printf("%zu %zu %zu %ld ", strspn(a, b), strcspn(a, b), strnlen(a, n), at(a, strpbrk(a, b)));
    printf("%ld %ld %ld %d ", at(a, memchr(a, c, n)), at(a, memrchr(a, c, n)), at(a, memmem(a, strlen(a), b, strlen(b))), sign(memcmp(a, b, strlen(a) < strlen(b) ? strlen(a) : strlen(b))));
    memset(t, '#', sizeof t);
    t[99] = 0;
    printf("%ld ", at(t, stpncpy(t, a, n)));
    t[20] = 0;
    for (int k = 0; k < 16; k++) putchar(t[k] ? t[k] : '0');
    strcpy(t, a);
    strcat(t, b);
    strncat(t, a, n);
    printf(" %s", t);
    memmove(t + 2, t, strlen(t) + 1);
    printf(" %s", t);
    strcpy(u, a);
    char *kept, *p = u;
    for (char *w = strtok_r(u, "a0", &kept); w; w = strtok_r(0, "a0", &kept)) printf(" <%s>", w);
    strcpy(u, a);
    p = u;
    for (char *w; (w = strsep(&p, "b/"));) printf(" {%s}", w);
    strcpy(u, a);
    strcpy(t, a);
    printf(" %s %s\n", __xpg_basename(u), dirname(t));
  }
  static const char *versions[] = { "000", "00", "01", "010", "09", "0", "1", "9", "10", "a1", "a01", "a10", "a2", "1.0", "1.05", "1.5", "1.10", "", "a", "foo-1.2", "foo-1.10", "x000y", "x00y", "1a", "1" };
  for (int i = 0; i < 25; i++) for (int j = 0; j < 25; j++) printf("%d", sign(strverscmp(versions[i], versions[j])) + 1);
  printf("\n%d %d %d %d\n", ffs(0), ffs(8), ffsl(1l << 40), ffsll(-1));
  char copied[10];
  printf("%ld\n", at(copied, memccpy(copied, "abcdef", 'c', 6)));
  printf("%s %s\n", strdup("copy"), strndup("copied", 3));
  static const char *numbers[] = { "", "0", "-1", "+7", " 42x", "0x1F", "0x", "0b1", "077", "08", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "18446744073709551615", "18446744073709551616", "-18446744073709551615", "zz", "-", "+ 1", "0xg" };
  for (int i = 0; i < 21; i++)
    for (int base = 0; base < 37; base += base ? 2 : 8) {
      char *e1, *e2;
      long l = strtol(numbers[i], &e1, base);
      unsigned long ul = strtoul(numbers[i], &e2, base);
      printf("%ld %ld %lu %ld; ", l, at(numbers[i], e1), ul, at(numbers[i], e2));
    }
  printf("%d %ld %g\n", atoi(" -12x"), atol("99"), atof("2.5e3x"));
  return 0;
}
