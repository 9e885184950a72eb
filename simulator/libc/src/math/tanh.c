#define _GNU_SOURCE
#include <libc/math.h>
double tanh(double x) { return __math_tanh(x); }
