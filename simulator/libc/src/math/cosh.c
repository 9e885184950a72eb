#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double cosh(double x) { return __checked(__math_cosh(x), __isfinite(x)); }
