#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double log10(double x) { return x < 0 ? __domain_positive() : x == 0 ? __range(-HUGE_VAL) : __math_log10(x); }
