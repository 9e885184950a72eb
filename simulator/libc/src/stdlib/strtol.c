#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>

static int digit_of(int c) { return isdigit(c) ? c - '0' : isalpha(c) ? tolower(c) - 'a' + 10 : 99; }

/* The value as it is without its sign; `overflow` when it is beyond 64 bits. `end` stays at the start when there is no number. */
static unsigned long convert(const char *text, char **end, int base, int *negative, int *overflow) {
  const char *at = text;
  unsigned long value = 0;
  int any = 0;
  *negative = *overflow = 0;
  if (end) *end = (char *)text;
  if (base < 0 || base == 1 || base > 36) {
    errno = EINVAL;
    return 0;
  }
  while (isspace((unsigned char)*at)) at++;
  if (*at == '-' || *at == '+') *negative = *at++ == '-';
  if ((base == 0 || base == 16) && at[0] == '0' && (at[1] | 32) == 'x' && digit_of((unsigned char)at[2]) < 16) {
    at += 2;
    base = 16;
  } else if (base == 0) base = *at == '0' ? 8 : 10;
  for (; digit_of((unsigned char)*at) < base; at++) {
    unsigned digit = (unsigned)digit_of((unsigned char)*at);
    any = 1;
    if (value > (ULONG_MAX - digit) / (unsigned)base) *overflow = 1;
    value = value * (unsigned)base + digit;
  }
  if (any && end) *end = (char *)at;
  return value;
}

long strtol(const char *text, char **end, int base) {
  int negative, overflow;
  unsigned long value = convert(text, end, base, &negative, &overflow);
  if (overflow || value > (unsigned long)LONG_MAX + (unsigned)negative) {
    errno = ERANGE;
    return negative ? LONG_MIN : LONG_MAX;
  }
  return (long)(negative ? -value : value);
}

unsigned long strtoul(const char *text, char **end, int base) {
  int negative, overflow;
  unsigned long value = convert(text, end, base, &negative, &overflow);
  if (overflow) {
    errno = ERANGE;
    return ULONG_MAX;
  }
  return negative ? -value : value;
}
long long strtoll(const char *text, char **end, int base) { return strtol(text, end, base); }
unsigned long long strtoull(const char *text, char **end, int base) { return strtoul(text, end, base); }
intmax_t strtoimax(const char *text, char **end, int base) { return strtol(text, end, base); }
uintmax_t strtoumax(const char *text, char **end, int base) { return strtoul(text, end, base); }
