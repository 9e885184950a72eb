#define _GNU_SOURCE
#include <libc/math.h>
double asinh(double x) { return __math_asinh(x); }
