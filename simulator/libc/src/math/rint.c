#define _GNU_SOURCE
#include <libc/math.h>
double rint(double x) { return __math_rint(x); }
