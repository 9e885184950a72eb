#define _GNU_SOURCE
#include <libc/math.h>
double trunc(double x) { return __math_trunc(x); }
