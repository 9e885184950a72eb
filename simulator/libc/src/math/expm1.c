#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double expm1(double x) { return __checked(__math_expm1(x), __isfinite(x) && x != 0); }
