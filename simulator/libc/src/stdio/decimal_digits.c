#define _GNU_SOURCE
#include <libc/printf.h>
#include <string.h>

/* A number below 10^9 to a place of 9 digits. */
static void nine(char *to, unsigned value) {
  for (int i = 8; i >= 0; i--) {
    to[i] = (char)('0' + value % 10);
    value /= 10;
  }
}

/* All digits of mantissa x 2^exponent, exponent >= 0; how many. Limbs of 10^9, lowest first. */
static int whole_digits(unsigned long mantissa, int exponent, char *digits) {
  unsigned limbs[40];
  int count = 0;
  for (; mantissa; mantissa /= 1000000000) limbs[count++] = (unsigned)(mantissa % 1000000000);
  while (exponent > 0) {
    int step = exponent > 29 ? 29 : exponent;
    unsigned long carry = 0;
    for (int i = 0; i < count; i++) {
      carry += (unsigned long)limbs[i] << step;
      limbs[i] = (unsigned)(carry % 1000000000);
      carry /= 1000000000;
    }
    if (carry) limbs[count++] = (unsigned)carry;
    exponent -= step;
  }
  for (int i = 0; i < count; i++) nine(digits + 9 * i, limbs[count - 1 - i]);
  return 9 * count;
}

/* The digits behind the point of mantissa / 2^bits, all of them. The fraction is kept in words of 32 bits, highest first. */
static int fraction_digits(unsigned long mantissa, int bits, char *digits) {
  unsigned words[36];
  int count = (bits + 31) / 32, n = 0, shift = 32 * count - bits;
  memset(words, 0, sizeof words);
  unsigned __low = (unsigned)mantissa, high = (unsigned)(mantissa >> 32);
  unsigned long low = (unsigned long)__low << shift, mid = (unsigned long)high << shift;
  words[count - 1] = (unsigned)low;
  mid += low >> 32;
  if (count > 1) words[count - 2] = (unsigned)mid;
  if (count > 2) words[count - 3] = (unsigned)(mid >> 32);
  while (count > 0) {
    unsigned long carry = 0;
    for (int i = count - 1; i >= 0; i--) {
      carry += (unsigned long)words[i] * 1000000000;
      words[i] = (unsigned)carry;
      carry >>= 32;
    }
    nine(digits + n, (unsigned)carry);
    n += 9;
    while (count > 0 && words[count - 1] == 0) count--;
  }
  return n;
}

/* Cuts to `keep` digits, to the nearest, to even at a tie; a carry beyond the first digit moves the point. */
static int round_to(char *digits, int n, int keep, int *point) {
  if (keep < 0) return 0;
  if (keep < n) {
    int up = digits[keep] > '5';
    if (digits[keep] == '5') {
      for (int i = keep + 1; i < n && !up; i++) up = digits[i] != '0';
      if (!up && keep > 0) up = (digits[keep - 1] - '0') & 1;
    }
    n = keep;
    if (up) {
      int i = keep - 1;
      while (i >= 0 && digits[i] == '9') i--;
      if (i < 0) {
        digits[0] = '1';
        n = 1;
        ++*point;
      } else {
        digits[i]++;
        n = i + 1;
      }
    }
  }
  while (n > 0 && digits[n - 1] == '0') n--;
  return n;
}

int __decimal_digits(double value, int fixed, int count, char *digits, int *point) {
  unsigned long bits, mantissa;
  memcpy(&bits, &value, sizeof bits);
  int exponent = (int)(bits >> 52 & 0x7ff), n = 0, whole = 0, skip = 0;
  mantissa = bits & 0xffffffffffffful;
  if (exponent) mantissa |= 1ul << 52;
  else exponent = 1;
  exponent -= 1075;
  if (exponent >= 0) n = whole = whole_digits(mantissa, exponent, digits);
  else {
    unsigned long integer = exponent > -53 ? mantissa >> -exponent : 0;
    if (integer) n = whole = whole_digits(integer, 0, digits);
    if (exponent > -53) mantissa &= (1ul << -exponent) - 1;
    if (mantissa) n += fraction_digits(mantissa, -exponent, digits + n);
  }
  while (skip < n && digits[skip] == '0') skip++;
  memmove(digits, digits + skip, (size_t)(n - skip));
  *point = whole - skip;
  return round_to(digits, n - skip, fixed ? *point + count : count, point);
}
