#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double log1p(double x) { return x < -1 ? __domain() : x == -1 ? __range(-HUGE_VAL) : __math_log1p(x); }
