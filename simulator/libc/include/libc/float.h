#ifndef _LIBC_FLOAT_H
#define _LIBC_FLOAT_H
#include <stddef.h>
/* Text to binary floating point, exactly rounded to `bits` of mantissa, the lowest of which is never below 2^least. `range` is set to 1 when the
   number is too large (infinity) or too small (it lost bits below the smallest normal number). */
double __assemble(unsigned long mantissa, long exponent, int sticky, int bits, int least, int *range);
/* `digits`: digits and at most one point; times 10^exponent. */
double __decimal_to_float(const char *digits, size_t length, long exponent, int bits, int least, int *range);
#endif
