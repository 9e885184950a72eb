#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double sqrt(double x) { return x < 0 ? __domain() : __math_sqrt(x); }
