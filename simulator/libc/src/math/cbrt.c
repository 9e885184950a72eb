#define _GNU_SOURCE
#include <libc/math.h>
double cbrt(double x) { return __math_cbrt(x); }
