#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double sinh(double x) { return __checked(__math_sinh(x), __isfinite(x) && x != 0); }
