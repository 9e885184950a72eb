#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double acosh(double x) { return x < 1 ? __domain() : __math_acosh(x); }
