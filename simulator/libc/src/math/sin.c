#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double sin(double x) { return __isinf(x) ? __domain() : __math_sin(x); }
