#define _GNU_SOURCE
#include <libc/math.h>
double ceil(double x) { return __math_ceil(x); }
