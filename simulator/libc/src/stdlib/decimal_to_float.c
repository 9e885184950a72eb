#define _GNU_SOURCE
#include <libc/float.h>
#include <string.h>

/* A decimal number as digits (0.DIGITS x 10^point) that is multiplied and divided by powers of two until its whole part is the mantissa. 800 digits
   decide any rounding; what is beyond them only counts as "more than that". */
enum { MOST = 800 };
struct decimal { unsigned char digits[MOST]; int count; long point; int more; };

static void trim(struct decimal *d) {
  while (d->count > 0 && d->digits[d->count - 1] == 0) d->count--;
  if (d->count == 0) d->point = 0;
}

static void divide(struct decimal *d, int shift) {
  unsigned long rest = 0, mask = (1ul << shift) - 1;
  int from = 0, to = 0;
  while (rest >> shift == 0) {
    if (from >= d->count && rest == 0) break;
    rest = rest * 10 + (from < d->count ? d->digits[from] : 0);
    from++;
  }
  d->point -= from - 1;
  unsigned char out[MOST];
  for (; from < d->count || rest; from++) {
    unsigned digit = (unsigned)(rest >> shift);
    rest &= mask;
    if (to < MOST) out[to++] = (unsigned char)digit;
    else if (digit) d->more = 1;
    if (from >= d->count && rest == 0) break;
    rest = rest * 10 + (from < d->count ? d->digits[from] : 0);
  }
  memcpy(d->digits, out, (size_t)to);
  d->count = to;
  trim(d);
}

static void multiply(struct decimal *d, int shift) {
  unsigned char out[MOST + 24];
  unsigned long carry = 0;
  int at = (int)sizeof out;
  for (int i = d->count - 1; i >= 0; i--) {
    carry += (unsigned long)d->digits[i] << shift;
    out[--at] = (unsigned char)(carry % 10);
    carry /= 10;
  }
  for (; carry; carry /= 10) out[--at] = (unsigned char)(carry % 10);
  int count = (int)sizeof out - at;
  d->point += count - d->count;
  if (count > MOST) {
    for (int i = at + MOST; i < (int)sizeof out; i++) if (out[i]) d->more = 1;
    count = MOST;
  }
  memcpy(d->digits, out + at, (size_t)count);
  d->count = count;
  trim(d);
}

static void read_digits(struct decimal *d, const char *text, size_t length) {
  long point = 0, seen = 0;
  int behind = 0;
  d->count = d->more = 0;
  for (size_t i = 0; i < length; i++) {
    if (text[i] == '.') {
      point = seen;
      behind = 1;
      continue;
    }
    if (seen == 0 && text[i] == '0') {
      point -= behind;
      continue;
    }
    seen++;
    if (d->count < MOST) d->digits[d->count++] = (unsigned char)(text[i] - '0');
    else if (text[i] != '0') d->more = 1;
  }
  d->point = behind ? point : seen;
  trim(d);
}

/* The whole part, which is below 2^64. */
static unsigned long whole(const struct decimal *d) {
  unsigned long value = 0;
  for (long i = 0; i < d->point; i++) value = value * 10 + (i < d->count ? d->digits[i] : 0);
  return value;
}

double __decimal_to_float(const char *digits, size_t length, long exponent, int bits, int least, int *range) {
  struct decimal d;
  long binary = 0;
  read_digits(&d, digits, length);
  if (d.count == 0) return 0;
  d.point += exponent;
  if (d.point > 400 || d.point < -400) {
    *range = 1;
    return d.point > 0 ? 1e308 * 10 : 0;
  }
  while (d.point > 18) {
    int shift = d.point > 36 ? 59 : d.point > 22 ? 12 : 4;
    divide(&d, shift);
    binary += shift;
  }
  while (d.point < 17) {
    int shift = d.point < -1 ? 56 : d.point < 13 ? 12 : 3;
    multiply(&d, shift);
    binary -= shift;
  }
  int sticky = d.count > d.point || d.more;
  return __assemble(whole(&d), binary, sticky, bits, least, range);
}
