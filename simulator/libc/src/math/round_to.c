#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double nearbyint(double x) { return __math_rint(x); }
long lrint(double x) { return (long)__math_rint(x); }
long lround(double x) { return (long)__math_round(x); }
long long llrint(double x) { return (long long)__math_rint(x); }
long long llround(double x) { return (long long)__math_round(x); }
long lrintf(float x) { return lrint(x); }
long lroundf(float x) { return lround(x); }
