#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double exp(double x) { return __checked(__math_exp(x), __isfinite(x)); }
