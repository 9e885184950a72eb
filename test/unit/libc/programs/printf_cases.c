// What a generator does not hit: positions, %n, %m, stars, invalid ones, null, infinities.
#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <locale.h>
#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void v(const char *format, ...) {
  char out[400];
  va_list ap;
  va_start(ap, format);
  errno = 0;
  int n = vsnprintf(out, sizeof out, format, ap);
  int error = errno;
  va_end(ap);
  printf("%d %d [%s]\n", n, n < 0 ? error : 0, n < 0 ? "" : out);
}

int main(void) {
  int n = -1;
  signed char hh = -1;
  long l = -1;
  errno = EACCES;
  printf("%m|%#m|%20m|%.4m\n");
  v("%2$s %1$s", "world", "hello");
  v("%1$d %1$x %2$*3$d|%2$-*3$d|", 255, 7, 5);
  v("%3$s%1$c%2$5.2f", 'x', 3.14159, "abc");
  v("%*d|%-*d|%*d", 6, 42, 6, 42, -6, 42);
  v("%.*f|%.*f|%.*s", 2, 3.14159, -1, 3.14159, 3, "abcdef");
  v("%s|%.3s|%.6s|%10s|%p|%10p|%p", (char *)0, (char *)0, (char *)0, (char *)0, (void *)0, (void *)0, (void *)0x1234);
  v("abc%n%s%hhn%ln", &n, "def", &hh, &l);
  printf("%d %d %ld\n", n, hh, l);
  v("%y|%5!|%-08q|%", 1);
  v("%");
  v("100%% %5%|%-5%|");
  v("%c%c%5c%-5c|", 'a', 0, 'b', 'c');
  v("%hhd %hhu %hd %hu %d %u %ld %lu", 300, 300, 70000, 70000, INT_MIN, UINT_MAX, LONG_MIN, ULONG_MAX);
  v("%jd %zu %td %lld %qd", (intmax_t)-5, sizeof(int), (ptrdiff_t)-9, LLONG_MIN, 7ll);
  v("%f %F %e %E %g %G %a", INFINITY, -INFINITY, INFINITY, NAN, -INFINITY, NAN, INFINITY);
  v("%010f|%-10f|%+f|% f|%010f", INFINITY, INFINITY, INFINITY, INFINITY, -INFINITY);
  v("%Lf %Lg %.20Lg", 1.5L, 2.5L, 0.5L);
  v("%#o %#x %#X %#o %#x", 0, 0, 255, 8, 255);
  v("%+d % d %+d % d %+ d", 5, 5, -5, -5, 5);
  v("%.0d|%.0x|%5.0d|%+.0d|%#.0o|", 0, 0, 0, 0, 0);
  v("%08.3d|%-8.3d|%08d|%+08d|%- 8d|", 42, 42, -42, 42, 42);
  v("%.0f %.0f %.0f %.0f %#.0f", 0.5, 1.5, 2.5, 3.5, 2.0);
  v("%g %g %g %g %g %g", 100000.0, 1000000.0, 1e-4, 1e-5, 0.0, -0.0);
  v("%#g %#.3g %.0g %.10g", 1.0, 1.0, 123456.0, 0.1);
  v("%.15g %.16g %.17g %.50g", 0.1, 0.1, 0.1, 0.1);
  v("%.17g %.3e %.0e %.1e %g", 1e-6, 0.0099967, 9.5, 9.96, 999999.5);
  v("%a %a %a %.0a %.1a %.3a %a", 1.0, 0.5, 3.14, 1.5, 1.96875, 1.9999, 5e-324);
  v("%'d %'ld %'.2f", 1234567, 1234567890L, 1234567.891);
  v("%b %#b %B %#B %08b", 5, 5, 6, 6, 5);
  v("%lc|%ls|%5ls|%.2ls|", L'a', L"wide", L"ab", L"abc");
  v("%ls", L"\x20ac");
  setlocale(LC_ALL, "C.UTF-8");
  v("%ls|%lc|%.4ls|%S|%C", L"\x20ac\x00e4", 0x1f600, L"\x20ac\x20ac", L"x\x20ac", 0x20ac);
  v("%5s|%-5s|", "\xc3\xa4", "\xc3\xa4");
  v("%.1000d", 1);
  v("%s%s%s%s%s%s%s%s%s%s", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10");
  v("%d %f %d %f %d %f %d %f %d %f %d %f", 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5);
  char small[5];
  n = snprintf(small, sizeof small, "%s", "truncated");
  printf("%d %s\n", n, small);
  n = snprintf(0, 0, "%d", 12345);
  printf("%d\n", n);
  char *made = 0;
  n = asprintf(&made, "%s-%d", "made", 7);
  printf("%d %s\n", n, made);
  free(made);
  return 0;
}
