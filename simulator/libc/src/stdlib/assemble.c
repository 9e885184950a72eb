#define _GNU_SOURCE
#include <libc/float.h>
#include <string.h>

/* mantissa x 2^exponent (and a bit more, when `sticky`), rounded to the nearest, to even at a tie. */
double __assemble(unsigned long mantissa, long exponent, int sticky, int bits, int least, int *range) {
  double value;
  unsigned long result;
  if (mantissa == 0) return 0;
  while (!(mantissa >> 63)) {
    mantissa <<= 1;
    exponent--;
  }
  long drop = 64 - bits, greatest = bits == 53 ? 971 : 104;
  int tiny = 0;
  if (exponent + drop < least) {
    drop = least - exponent;
    tiny = 1;
  }
  if (drop > 64) {
    *range = 1;
    return 0;
  }
  unsigned long half = 1ul << (drop - 1), rest = drop == 64 ? mantissa : mantissa & ((1ul << drop) - 1);
  mantissa = drop == 64 ? 0 : mantissa >> drop;
  exponent += drop;
  if (rest > half || (rest == half && (sticky || (mantissa & 1)))) mantissa++;
  if (tiny && (rest || sticky) && mantissa < 1ul << (bits - 1)) *range = 1;
  if (mantissa >> bits) {
    mantissa >>= 1;
    exponent++;
  }
  if (mantissa == 0) return 0;
  if (exponent > greatest) {
    *range = 1;
    result = 0x7fful << 52;
  } else {
    /* as a double, whatever the width: exact */
    while (!(mantissa >> 52) && exponent > -1074) {
      mantissa <<= 1;
      exponent--;
    }
    result = mantissa >> 52 ? (unsigned long)(exponent + 1075) << 52 | (mantissa & 0xffffffffffffful) : mantissa;
  }
  memcpy(&value, &result, sizeof value);
  return value;
}
