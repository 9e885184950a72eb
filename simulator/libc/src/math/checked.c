#define _GNU_SOURCE
#include <errno.h>
#include <libc/math.h>
#include <string.h>

static double from_bits(unsigned long bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}
/* What the processor makes of an operation that has no result: a NaN with its sign set. */
double __domain(void) {
  errno = EDOM;
  return from_bits(0xfff8ul << 48);
}
double __domain_positive(void) {
  errno = EDOM;
  return from_bits(0x7ff8ul << 48);
}
double __range(double result) {
  errno = ERANGE;
  return result;
}
/* A result that is infinite or zero though it should not be. */
double __checked(double result, int finite) {
  if (finite && (__isinf(result) || result == 0)) errno = ERANGE;
  return result;
}
