#define _GNU_SOURCE
#include <libc/math.h>
double round(double x) { return __math_round(x); }
