#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double atanh(double x) { return x > 1 || x < -1 ? __domain() : x == 1 || x == -1 ? __range(x * HUGE_VAL) : __math_atanh(x); }
