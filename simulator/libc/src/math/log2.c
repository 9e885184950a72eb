#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double log2(double x) { return x < 0 ? __domain() : x == 0 ? __range(-HUGE_VAL) : __math_log2(x); }
