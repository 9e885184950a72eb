#define _GNU_SOURCE
#include <libc/math.h>
double atan2(double y, double x) { return __math_atan2(y, x); }
