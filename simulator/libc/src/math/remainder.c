#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double remainder(double x, double y) { return isnan(x) || isnan(y) ? x + y : __isinf(x) || y == 0 ? __domain() : __math_remainder(x, y); }
