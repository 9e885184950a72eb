#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double tan(double x) { return __isinf(x) ? __domain() : __math_tan(x); }
