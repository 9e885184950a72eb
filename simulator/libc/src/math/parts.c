#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
#include <string.h>

/* The mantissa in [0.5, 1) and the power of two. */
double frexp(double x, int *exponent) {
  unsigned long bits;
  *exponent = 0;
  if (x == 0 || !__isfinite(x)) return x;
  memcpy(&bits, &x, sizeof bits);
  if ((bits >> 52 & 0x7ff) == 0) {
    x *= 18014398509481984.0;
    memcpy(&bits, &x, sizeof bits);
    *exponent = -54;
  }
  *exponent += (int)(bits >> 52 & 0x7ff) - 1022;
  bits = (bits & ~(0x7fful << 52)) | 1022ul << 52;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static double power(int exponent) {
  unsigned long bits = (unsigned long)(exponent + 1023) << 52;
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* In steps that each are exact, but for the last. */
double ldexp(double x, int n) {
  int finite = __isfinite(x) && x != 0;
  if (!finite) return x;
  if (n > 4000) n = 4000;
  if (n < -4000) n = -4000;
  for (; n > 1023 && __isfinite(x); n -= 1023) x *= power(1023);
  for (; n < -969 && x != 0; n += 969) x *= power(-969);
  return __checked(x * power(n < -1022 ? -1022 : n > 1023 ? 1023 : n), finite);
}
double scalbn(double x, int n) { return ldexp(x, n); }
double scalbln(double x, long n) { return ldexp(x, n > 4000 ? 4000 : n < -4000 ? -4000 : (int)n); }
double modf(double x, double *whole) {
  *whole = __math_trunc(x);
  return copysign(__isinf(x) ? 0 : x - *whole, x);
}
int ilogb(double x) {
  int exponent;
  if (x == 0 || isnan(x)) {
    errno = EDOM;
    return FP_ILOGB0;
  }
  if (__isinf(x)) {
    errno = EDOM;
    return 0x7fffffff;
  }
  frexp(x, &exponent);
  return exponent - 1;
}
double logb(double x) { return x == 0 ? -HUGE_VAL : !__isfinite(x) ? x * x : ilogb(x); }
