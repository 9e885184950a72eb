#define _GNU_SOURCE
#include <libc/printf.h>
#include <stdlib.h>
#include <string.h>

/* A number's text without sign: `digits` (0.DIGITS x 10^point) laid out, then `zeros` more, then the exponent. */
struct layout { char *text; int length; int zeros; char exponent[8]; int exponent_length; };

static unsigned long bits_of(double value) {
  unsigned long bits;
  memcpy(&bits, &value, sizeof bits);
  return bits;
}

static void add(struct layout *to, char c) { to->text[to->length++] = c; }

static char digit_at(const char *digits, int n, int i) { return i >= 0 && i < n ? digits[i] : '0'; }

static void add_exponent(struct layout *to, char letter, int exponent, int least) {
  char reversed[6];
  int n = 0, value = exponent < 0 ? -exponent : exponent;
  to->exponent[to->exponent_length++] = letter;
  to->exponent[to->exponent_length++] = exponent < 0 ? '-' : '+';
  do reversed[n++] = (char)('0' + value % 10); while (value /= 10);
  while (n < least) reversed[n++] = '0';
  while (n > 0) to->exponent[to->exponent_length++] = reversed[--n];
}

/* `places` digits after the point; those beyond the exact number are zeros and only counted. */
static void fixed(struct layout *to, const char *digits, int n, int point, int places, int alternate) {
  if (point <= 0) add(to, '0');
  for (int i = 0; i < point; i++) add(to, digit_at(digits, n, i));
  if (places > 0 || alternate) add(to, '.');
  int known = n - point > 0 ? n - point : 0;
  if (known > places) known = places;
  for (int i = 0; i < known; i++) add(to, digit_at(digits, n, point + i));
  to->zeros = places - known;
}

static void scientific(struct layout *to, const char *digits, int n, int point, int places, int alternate, char letter) {
  add(to, digit_at(digits, n, 0));
  if (places > 0 || alternate) add(to, '.');
  int known = n - 1 > 0 ? n - 1 : 0;
  if (known > places) known = places;
  for (int i = 0; i < known; i++) add(to, digits[1 + i]);
  to->zeros = places - known;
  add_exponent(to, letter, n == 0 ? 0 : point - 1, 2);
}

static void general(struct layout *to, double value, int precision, int alternate, char letter, char *digits) {
  int point = 1, n = 0;
  if (precision == 0) precision = 1;
  if (value != 0) n = __decimal_digits(value, 0, precision, digits, &point);
  int exponent = point - 1, places = precision;
  if (!alternate) places = n > 0 ? n : 1;
  if (exponent < -4 || exponent >= precision) scientific(to, digits, n, point, places - 1, alternate, letter);
  else fixed(to, digits, n, point, places - 1 - exponent > 0 ? places - 1 - exponent : 0, alternate);
}

static void hexadecimal(struct layout *to, double value, int precision, int alternate, int upper) {
  const char *letters = upper ? "0123456789ABCDEF" : "0123456789abcdef";
  unsigned long bits = bits_of(value), mantissa = bits & 0xffffffffffffful;
  int exponent = (int)(bits >> 52 & 0x7ff), lead = exponent != 0;
  if (exponent == 0) exponent = mantissa ? -1022 : 0;
  else exponent -= 1023;
  if (precision >= 0 && precision < 13) {
    int drop = 4 * (13 - precision);
    unsigned long all = (unsigned long)lead << 52 | mantissa, half = 1ul << (drop - 1), rest = all & ((1ul << drop) - 1);
    all >>= drop;
    if (rest > half || (rest == half && (all & 1))) all++;
    all <<= drop;
    lead = (int)(all >> 52);
    mantissa = all & 0xffffffffffffful;
  }
  int n = 13;
  if (precision < 0) while (n > 0 && !(mantissa >> (4 * (13 - n)) & 15)) n--;
  else if (n > precision) n = precision;
  add(to, (char)('0' + lead));
  if (n > 0 || precision > 0 || alternate) add(to, '.');
  for (int i = 0; i < n; i++) add(to, letters[mantissa >> (4 * (12 - i)) & 15]);
  to->zeros = precision > n ? precision - n : 0;
  add_exponent(to, upper ? 'P' : 'p', exponent, 1);
}

static int write_number(struct __sink *sink, const struct __spec *spec, const char *prefix, const struct layout *l, int may_zero) {
  size_t before = strlen(prefix);
  long padding = (long)spec->width - (long)before - l->length - l->zeros - l->exponent_length;
  int zero = spec->zero && !spec->left && may_zero;
  if (!spec->left && !zero && __pad(sink, ' ', padding) < 0) return -1;
  if (__emit(sink, prefix, before) < 0 || (zero && __pad(sink, '0', padding) < 0)) return -1;
  if (__emit(sink, l->text, (size_t)l->length) < 0 || __pad(sink, '0', l->zeros) < 0 || __emit(sink, l->exponent, (size_t)l->exponent_length) < 0) return -1;
  return spec->left ? __pad(sink, ' ', padding) : 0;
}

int __format_float(struct __sink *sink, const struct __spec *spec, double value) {
  char digits[1100], text[1500], prefix[4];
  struct layout l = { .text = text };
  unsigned long bits = bits_of(value);
  int upper = spec->conversion >= 'A' && spec->conversion <= 'Z', n = 0, point = 0, before = 0;
  int precision = spec->precision < 0 ? 6 : spec->precision;
  if (bits >> 63) prefix[before++] = '-';
  else if (spec->plus) prefix[before++] = '+';
  else if (spec->space) prefix[before++] = ' ';
  prefix[before] = '\0';
  bits &= ~(1ul << 63);
  memcpy(&value, &bits, sizeof value);
  if (bits >> 52 == 0x7ff) {
    const char *name = bits << 12 ? (upper ? "NAN" : "nan") : upper ? "INF" : "inf";
    memcpy(text, name, 3);
    l.length = 3;
    return write_number(sink, spec, prefix, &l, 0);
  }
  switch (spec->conversion | 32) {
    case 'f':
      if (value != 0) n = __decimal_digits(value, 1, precision, digits, &point);
      if (n == 0) point = 0;
      fixed(&l, digits, n, point, precision, spec->alternate);
      break;
    case 'e':
      if (value != 0) n = __decimal_digits(value, 0, precision + 1, digits, &point);
      scientific(&l, digits, n, point, precision, spec->alternate, upper ? 'E' : 'e');
      break;
    case 'g': general(&l, value, precision, spec->alternate, upper ? 'E' : 'e', digits); break;
    default:
      prefix[before++] = '0';
      prefix[before++] = upper ? 'X' : 'x';
      prefix[before] = '\0';
      hexadecimal(&l, value, spec->precision, spec->alternate, upper);
  }
  return write_number(sink, spec, prefix, &l, 1);
}
