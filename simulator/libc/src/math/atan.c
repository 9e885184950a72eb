#define _GNU_SOURCE
#include <libc/math.h>
double atan(double x) { return __math_atan(x); }
