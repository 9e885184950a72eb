#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double exp10(double x) { return __checked(__math_exp10(x), __isfinite(x)); }
