#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double asin(double x) { return x > 1 || x < -1 ? __domain_positive() : __math_asin(x); }
