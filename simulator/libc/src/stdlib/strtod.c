#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <libc/float.h>
#include <stdlib.h>
#include <string.h>

static double from_bits(unsigned long bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

/* inf, infinity, nan, nan(letters); 0 when it is none of them. */
static int special(const char *at, const char **end, double *value, int bits) {
  if (strncasecmp(at, "inf", 3) == 0) {
    *end = at + (strncasecmp(at, "infinity", 8) == 0 ? 8 : 3);
    *value = from_bits(0x7fful << 52);
    return 1;
  }
  if (strncasecmp(at, "nan", 3)) return 0;
  *end = at + 3;
  *value = from_bits(0x7ff8ul << 48);
  if (**end == '(') {
    const char *in = *end + 1;
    while (isalnum((unsigned char)*in) || *in == '_') in++;
    if (*in == ')') {
      char *number_end;
      unsigned long payload = strtoul(*end + 1, &number_end, 0);
      if (number_end == in) *value = from_bits(0x7ff8ul << 48 | (bits == 24 ? (payload & 0x3fffff) << 29 : payload & 0x7ffffffffffff));
      *end = in + 1;
    }
  }
  return 1;
}

/* Behind the digits: the exponent, if there is a whole one. Far beyond what any number has it stays where it is. */
static long exponent_at(const char **at, char letter) {
  const char *in = *at;
  long value = 0;
  if ((*in | 32) != letter) return 0;
  in++;
  int negative = *in == '-';
  if (*in == '-' || *in == '+') in++;
  if (!isdigit((unsigned char)*in)) return 0;
  for (; isdigit((unsigned char)*in); in++) if (value < 100000000) value = value * 10 + (*in - '0');
  *at = in;
  return negative ? -value : value;
}

static double hexadecimal(const char *at, const char **end, int bits, int least, int *range) {
  unsigned long mantissa = 0;
  long exponent = 0;
  int sticky = 0, point = 0;
  for (at += 2;; at++) {
    if (*at == '.' && !point) {
      point = 1;
      continue;
    }
    if (!isxdigit((unsigned char)*at)) break;
    unsigned digit = (unsigned)(isdigit((unsigned char)*at) ? *at - '0' : (*at | 32) - 'a' + 10);
    if (mantissa >> 60) {
      sticky |= digit != 0;
      exponent += 4;
    } else mantissa = mantissa << 4 | digit;
    if (point) exponent -= 4;
  }
  exponent += exponent_at(&at, 'p');
  *end = at;
  return __assemble(mantissa, exponent, sticky, bits, least, range);
}

static double convert(const char *text, char **end, int bits, int least) {
  const char *at = text, *behind = text;
  double value = 0;
  int range = 0;
  while (isspace((unsigned char)*at)) at++;
  int negative = *at == '-';
  if (*at == '-' || *at == '+') at++;
  if (at[0] == '0' && (at[1] | 32) == 'x' && (isxdigit((unsigned char)at[2]) || (at[2] == '.' && isxdigit((unsigned char)at[3])))) value = hexadecimal(at, &behind, bits, least, &range);
  else if (isdigit((unsigned char)*at) || (*at == '.' && isdigit((unsigned char)at[1]))) {
    const char *digits = at;
    int point = 0;
    for (; isdigit((unsigned char)*at) || (*at == '.' && !point); at++) point |= *at == '.';
    size_t length = (size_t)(at - digits);
    long exponent = exponent_at(&at, 'e');
    value = __decimal_to_float(digits, length, exponent, bits, least, &range);
    behind = at;
  } else special(at, &behind, &value, bits);
  if (end) *end = (char *)behind;
  if (range) errno = ERANGE;
  return negative ? -value : value;
}

double strtod(const char *text, char **end) { return convert(text, end, 53, -1074); }
float strtof(const char *text, char **end) { return (float)convert(text, end, 24, -149); }
long double strtold(const char *text, char **end) { return strtod(text, end); }
