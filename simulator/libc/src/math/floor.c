#define _GNU_SOURCE
#include <libc/math.h>
double floor(double x) { return __math_floor(x); }
