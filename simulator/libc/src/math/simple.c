#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
#include <string.h>

double fabs(double x) { return copysign(x, 1); }
double copysign(double x, double sign) {
  unsigned long a, b;
  memcpy(&a, &x, sizeof a);
  memcpy(&b, &sign, sizeof b);
  a = (a & ~(1ul << 63)) | (b & 1ul << 63);
  memcpy(&x, &a, sizeof x);
  return x;
}
double fmax(double x, double y) { return isnan(x) ? y : isnan(y) ? x : x > y ? x : y; }
double fmin(double x, double y) { return isnan(x) ? y : isnan(y) ? x : x < y ? x : y; }
double fdim(double x, double y) { return isnan(x) || isnan(y) ? x + y : x > y ? __checked(x - y, __isfinite(x) && __isfinite(y)) : 0; }
double nan(const char *tag) {
  (void)tag;
  return HUGE_VAL - HUGE_VAL < 0 ? 0 : -(HUGE_VAL - HUGE_VAL);
}
void sincos(double x, double *s, double *c) {
  *s = sin(x);
  *c = cos(x);
}
double nextafter(double x, double y) {
  long bits;
  if (isnan(x) || isnan(y)) return x + y;
  if (x == y) return y;
  if (x == 0) bits = y > 0 ? 1 : (long)(1ul << 63 | 1);
  else {
    memcpy(&bits, &x, sizeof bits);
    bits += (y > x) == (x > 0) ? 1 : -1;
  }
  double result;
  memcpy(&result, &bits, sizeof result);
  if (__fpclassify(result) != FP_NORMAL && __isfinite(x) && x != 0) errno = ERANGE;
  return result;
}
