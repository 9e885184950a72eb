#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double exp2(double x) { return __checked(__math_exp2(x), __isfinite(x)); }
