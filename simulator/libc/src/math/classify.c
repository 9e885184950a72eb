#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
#include <string.h>

static unsigned long bits_of(double x) {
  unsigned long bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}
int __signbit(double x) { return (int)(bits_of(x) >> 63) << 7; }
int __isinf(double x) { return bits_of(x) << 1 == 0xffeul << 52 ? (bits_of(x) >> 63 ? -1 : 1) : 0; }
int __isfinite(double x) { return (bits_of(x) >> 52 & 0x7ff) != 0x7ff; }
int __fpclassify(double x) {
  unsigned long bits = bits_of(x) << 1, exponent = bits >> 53;
  return exponent == 0x7ff ? (bits << 11 ? FP_NAN : FP_INFINITE) : exponent ? FP_NORMAL : bits ? FP_SUBNORMAL : FP_ZERO;
}
