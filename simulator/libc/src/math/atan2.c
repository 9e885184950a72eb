#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double atan2(double y, double x) { return __checked(__math_atan2(y, x), y != 0 && __isfinite(x)); }
