#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double cos(double x) { return __isinf(x) ? __domain() : __math_cos(x); }
