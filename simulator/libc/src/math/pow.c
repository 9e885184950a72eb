#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
double pow(double x, double y) {
  if (x < 0 && __isfinite(x) && __isfinite(y) && __math_trunc(y) != y) return __domain();
  double result = __math_pow(x, y);
  if (x == 0 && y < 0) return __range(result);
  return __checked(result, __isfinite(x) && __isfinite(y) && x != 0);
}
