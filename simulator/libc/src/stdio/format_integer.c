#define _GNU_SOURCE
#include <libc/printf.h>
#include <string.h>

static int digits_of(unsigned long value, char conversion, char *end) {
  const char *letters = conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
  int n = 0;
  if (conversion == 'x' || conversion == 'X') for (; value; value >>= 4) end[-++n] = letters[value & 15];
  else if (conversion == 'o') for (; value; value >>= 3) end[-++n] = (char)('0' + (value & 7));
  else if (conversion == 'b' || conversion == 'B') for (; value; value >>= 1) end[-++n] = (char)('0' + (value & 1));
  else {
    for (; value > 0xffffffff; value /= 10) end[-++n] = (char)('0' + value % 10);
    for (unsigned small = (unsigned)value; small; small /= 10) end[-++n] = (char)('0' + small % 10);
  }
  return n;
}

static int prefix_of(const struct __spec *spec, unsigned long value, int negative, char *prefix) {
  int n = 0;
  if (negative) prefix[n++] = '-';
  else if (spec->plus) prefix[n++] = '+';
  else if (spec->space) prefix[n++] = ' ';
  if (spec->alternate && value && strchr("xXbB", spec->conversion)) {
    prefix[n++] = '0';
    prefix[n++] = spec->conversion;
  }
  return n;
}

int __format_integer(struct __sink *sink, const struct __spec *spec, unsigned long value, int negative) {
  char buffer[72], prefix[4];
  int n = digits_of(value, spec->conversion, buffer + sizeof buffer);
  int before = prefix_of(spec, value, negative, prefix);
  long zeros = 0;
  if (spec->precision >= 0) zeros = spec->precision - n;
  else if (n == 0) zeros = 1;
  if (zeros < 0) zeros = 0;
  if (spec->alternate && spec->conversion == 'o' && zeros == 0) zeros = 1;
  long padding = spec->width - before - n - zeros;
  if (spec->zero && !spec->left && spec->precision < 0 && padding > 0) {
    zeros += padding;
    padding = 0;
  }
  if (!spec->left && __pad(sink, ' ', padding) < 0) return -1;
  if (__emit(sink, prefix, (size_t)before) < 0 || __pad(sink, '0', zeros) < 0) return -1;
  if (__emit(sink, buffer + sizeof buffer - n, (size_t)n) < 0) return -1;
  return spec->left ? __pad(sink, ' ', padding) : 0;
}
