#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double hypot(double x, double y) { return __isinf(x) || __isinf(y) ? HUGE_VAL : __checked(__math_hypot(x, y), __isfinite(x) && __isfinite(y) && (x != 0 || y != 0)); }
