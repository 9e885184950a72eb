// scanf on texts: what it takes, what it gives, and where it stops.
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void ints(const char *text, const char *format) {
  int a = -7, b = -7, c = -7, n = -7;
  int r = sscanf(text, format, &a, &b, &c, &n);
  printf("[%s] [%s] %d: %d %d %d %d\n", text, format, r, a, b, c, n);
}
static void word(const char *text, const char *format) {
  char a[50], b[50];
  memset(a, '#', sizeof a);
  memset(b, '#', sizeof b);
  a[49] = b[49] = 0;
  int r = sscanf(text, format, a, b);
  printf("[%s] [%s] %d: %.20s %.20s\n", text, format, r, a, b);
}
static void real(const char *text, const char *format) {
  float f = -7;
  double d = -7;
  int r = sscanf(text, format, &f, &d);
  printf("[%s] [%s] %d: %g %.17g\n", text, format, r, f, d);
}
int main(void) {
  ints("1 2 3", "%d%d%d%n");
  ints("  12,34 , 56", "%d,%d ,%d%n");
  ints("0x1f 017 9", "%i%i%i%n");
  ints("0x1f", "%d%n");
  ints("ff 0xFF 0x", "%x%x%x");
  ints("", "%d");
  ints("   ", "%d");
  ints("x", "%d");
  ints("-", "%d");
  ints("+5 -6", "%d %d");
  ints("123456", "%2d%3d%d");
  ints("12345678901234567890", "%d");
  ints("1:2:3", "%d:%d:%d");
  ints("1 : 2", "%d : %d");
  ints("10%", "%d%%");
  ints("10 %", "%d%%");
  ints("5 6 7", "%*d %d %d");
  ints("pid: 42 (x)", "pid: %d (%*[^)])%n");
  ints("755", "%o");
  ints("3000000000", "%u");
  ints("5", "%d %n");
  ints("0", "%i");
  ints("0x", "%i");
  ints("08", "%i");
  ints("7 8 9", "%3$d %1$d %2$d");
  word("hello world", "%s %s");
  word("  hello", "%c%c");
  word("hello", "%3c%s");
  word("abc123", "%[a-z]%[0-9]");
  word("a]b", "%[]a]%s");
  word("key=value", "%[^=]=%s");
  word("a-b", "%[a-]%s");
  word("12ab", "%[^a-z]%s");
  word("abcdef", "%3s%2s");
  word("", "%s");
  word("x", "%[0-9]");
  word("ab", "%5c");
  real("1.5 2.5", "%f %lf");
  real("1e3 -.5e-2", "%f%lf");
  real("inf nan", "%f %lf");
  real("0x1.8p1 3.", "%f %lf");
  real("1e", "%f");
  real("1e+x", "%f");
  real(".", "%f");
  real("12345.678", "%4f%lf");
  real("infinity -nan", "%f %lf");
  long l = 0;
  short h = 0;
  signed char hh = 0;
  long long ll = 0;
  size_t z = 0;
  printf("%d", sscanf("123456789012 70000 300 -9 42", "%ld %hd %hhd %lld %zu", &l, &h, &hh, &ll, &z));
  printf(" %ld %d %d %lld %zu\n", l, h, hh, ll, z);
  char *made = 0, *set = 0;
  printf("%d", sscanf("dynamic text-here", "%ms %m[a-z]", &made, &set));
  printf(" %s %s\n", made, set);
  void *p = 0;
  printf("%d", sscanf("0x7fff1234", "%p", &p));
  printf(" %p\n", p);
  printf("%d", sscanf("(nil)", "%p", &p));
  printf(" %p\n", p);
  wchar_t wide[10];
  printf("%d", sscanf("wide", "%ls", wide));
  printf(" %ls\n", wide);
  FILE *f = fmemopen("12 abc\n13 def\nlast", 18, "r");
  int i;
  char text[20];
  while (fscanf(f, "%d %s", &i, text) == 2) printf("%d %s\n", i, text);
  printf("%s %d\n", fgets(text, sizeof text, f), feof(f));
  printf("%d %d\n", fscanf(f, "%d", &i), feof(f));
  fclose(f);
  return 0;
}
