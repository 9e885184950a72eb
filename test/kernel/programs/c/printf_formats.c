#include <inttypes.h>
#include <limits.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <math.h>
#include <float.h>
int main(void)
{
    int n = 0;
    printf("[%d] [%5d] [%-5d] [%05d] [%+d] [% d] [%.3d] [%8.3d] [%i]\n", 42, 42, 42, 42, 42, 42, 42, 42, -42);
    printf("[%u] [%o] [%#o] [%x] [%X] [%#x] [%#X] [%08x] [%#010x]\n", -1u, 8, 8, 255, 255, 255, 255, 255, 255);
    printf("[%ld] [%lu] [%lld] [%llx] [%hd] [%hhd] [%hhu] [%hx]\n", LONG_MIN, ULONG_MAX, LLONG_MAX, 0x123456789abcdefLL, 70000, 300, -1, -1);
    printf("[%zu] [%zd] [%td] [%jd] [%ju]\n", sizeof(long), (ssize_t)-3, (ptrdiff_t)7, INTMAX_MIN, UINTMAX_MAX);
    printf("[%c] [%3c] [%-3c|] [%s] [%10s] [%-10s|] [%.2s] [%10.3s] [%*s] [%-*s|] [%.*s]\n", 'x', 'y', 'z', "str", "right", "left", "precise", "trunc", 6, "star", 6, "neg", 3, "dots");
    printf("[%s] [%p] [%%] [%5%]\n", (char *)NULL, NULL);
    printf("[%f] [%.0f] [%.1f] [%10.3f] [%-10.2f|] [%+.2f] [%010.2f] [%#.0f]\n", 3.14159, 2.5, 0.05, 3.14159, 2.0, 1.0, -3.5, 3.0);
    printf("[%e] [%.2E] [%g] [%g] [%g] [%G] [%#g] [%.3g] [%.10g]\n", 12345.678, 0.00012, 100000.0, 1000000.0, 0.0001, 1e-5, 1.0, 1234567.0, 1.0 / 3);
    printf("[%f] [%f] [%5.1f] [%F] [%g]\n", INFINITY, -INFINITY, NAN, INFINITY, -0.0);
    printf("[%.20f] [%.17g] [%a]\n", 0.1, 0.1, 1.0);
    printf("[%Lf] [%.3Le]\n", 1.5L, 123.456L);
    printf("[%2$s %1$s]\n", "world", "hello");
    printf("%s%n", "count me", &n); printf(" -> %d\n", n);
    printf("[%" PRId64 "] [%" PRIu32 "] [%" PRIx8 "] [%" PRIXPTR "]\n", INT64_MIN, UINT32_MAX, (uint8_t)200, (uintptr_t)0xbeef);
    errno = ENOENT; printf("[%m] [%20m]\n");
    char b[10];
    n = snprintf(b, sizeof b, "%s", "0123456789abc"); printf("%d %s\n", n, b);
    n = snprintf(NULL, 0, "%d-%d", 100, 200); printf("%d\n", n);
    printf("%d %d\n", printf(""), puts("puts"));
    printf("%.3s|%.0s|%5.0d|\n", "ab", "zz", 0);
    printf("[%'d] [%ls] [%lc]\n", 1234567, L"wide", L'w');
    printf("%5s|%-5s|%05d|%x|%lx\n", "abcdefg", "ab", -42, -1, -1L);
    printf("%.15g %.16g %g %g\n", 0.1 + 0.2, 1e16, DBL_MAX, DBL_MIN);
    fprintf(stdout, "%c%c%c\n", 72, 105, 33);
    return 0;
}
