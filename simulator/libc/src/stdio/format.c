#define _GNU_SOURCE
#include <errno.h>
#include <libc/printf.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

int __emit(struct __sink *sink, const char *text, size_t length) {
  if (length == 0) return 0;
  if (sink->total + length > INT_MAX) {
    errno = EOVERFLOW;
    return -1;
  }
  sink->total += length;
  return sink->put(sink, text, length);
}

int __pad(struct __sink *sink, char c, long count) {
  char block[16];
  if (count <= 0) return 0;
  memset(block, c, sizeof block);
  /* in pieces of 16: on a small buffer one sees it */
  for (; count > 0; count -= 16) if (__emit(sink, block, count > 16 ? 16 : (size_t)count) < 0) return -1;
  return 0;
}

static int number(const char **at) {
  long value = 0;
  for (; **at >= '0' && **at <= '9'; ++*at) {
    value = value * 10 + (**at - '0');
    if (value > INT_MAX) value = (long)INT_MAX + 1;
  }
  return value > INT_MAX ? -1 : (int)value;
}

static const char *flags(struct __spec *spec, const char *at) {
  for (;; at++) {
    if (*at == '-') spec->left = 1;
    else if (*at == '+') spec->plus = 1;
    else if (*at == ' ') spec->space = 1;
    else if (*at == '#') spec->alternate = 1;
    else if (*at == '0') spec->zero = 1;
    else if (*at == '\'') spec->group = 1;
    else if (*at == 'I') spec->i18n = 1;
    else return at;
  }
}

static const char *length(struct __spec *spec, const char *at) {
  spec->length = LENGTH_INT;
  for (;; at++) {
    if (*at == 'h') spec->length = spec->length == LENGTH_SHORT ? LENGTH_CHAR : LENGTH_SHORT;
    else if (*at == 'l' || *at == 'q' || *at == 'j' || *at == 'z' || *at == 'Z' || *at == 't') spec->length = spec->length == LENGTH_LONG && *at == 'l' ? LENGTH_LONG : LENGTH_LONG;
    else if (*at == 'L') spec->length = LENGTH_DOUBLE;
    else return at;
  }
}

/* Arguments by position are all taken before anything is printed. */
enum { LIMIT = 64 };
struct arguments { va_list ap; int positional; union __argument taken[LIMIT]; };

static int is_float(char c) { return strchr("aAeEfFgG", c) != 0; }

static union __argument take(struct arguments *from, const struct __spec *spec) {
  union __argument a;
  a.i = 0;
  if (is_float(spec->conversion)) a.d = spec->length == LENGTH_DOUBLE ? (double)va_arg(from->ap, long double) : va_arg(from->ap, double);
  else if (spec->conversion == 's' || spec->conversion == 'S' || spec->conversion == 'p' || spec->conversion == 'n') a.p = va_arg(from->ap, void *);
  else if (spec->length == LENGTH_LONG || spec->length == LENGTH_DOUBLE) a.i = va_arg(from->ap, long);
  else a.i = va_arg(from->ap, int);
  return a;
}

/* `*`: the next int, or that of a position. */
static int star(struct arguments *from, const char **at) {
  ++*at;
  if (from->positional) {
    int n = number(at);
    if (**at == '$') ++*at;
    return n >= 1 && n <= LIMIT ? (int)from->taken[n - 1].i : 0;
  }
  return va_arg(from->ap, int);
}

static const char *width_and_precision(struct __spec *spec, struct arguments *from, const char *at) {
  spec->width = 0;
  spec->precision = -1;
  if (*at == '*') {
    spec->width = star(from, &at);
    if (spec->width < 0) {
      spec->left = 1;
      spec->width = -spec->width;
    }
  } else spec->width = number(&at);
  if (*at == '.') {
    at++;
    if (*at == '*') {
      spec->precision = star(from, &at);
      if (spec->precision < 0) spec->precision = -1;
    } else spec->precision = number(&at);
    if (at[-1] == '.' ) spec->precision = 0;
  }
  return at;
}

static int invalid(struct __sink *sink, const struct __spec *spec) {
  char text[64];
  int n = 0;
  text[n++] = '%';
  if (spec->alternate) text[n++] = '#';
  if (spec->group) text[n++] = '\'';
  if (spec->plus) text[n++] = '+';
  else if (spec->space) text[n++] = ' ';
  if (spec->left) text[n++] = '-';
  else if (spec->zero) text[n++] = '0';
  if (spec->i18n) text[n++] = 'I';
  if (spec->width) n += sprintf(text + n, "%d", spec->width);
  if (spec->precision != -1) n += sprintf(text + n, ".%d", spec->precision);
  if (spec->conversion) text[n++] = spec->conversion;
  return __emit(sink, text, (size_t)n);
}

static long signed_value(const struct __spec *spec, long value) {
  return spec->length == LENGTH_CHAR ? (signed char)value : spec->length == LENGTH_SHORT ? (short)value : spec->length == LENGTH_INT ? (int)value : value;
}

static unsigned long unsigned_value(const struct __spec *spec, long value) {
  return spec->length == LENGTH_CHAR ? (unsigned char)value : spec->length == LENGTH_SHORT ? (unsigned short)value : spec->length == LENGTH_INT ? (unsigned)value : (unsigned long)value;
}

static void store_count(const struct __spec *spec, void *to, size_t total) {
  if (spec->length == LENGTH_CHAR) *(signed char *)to = (signed char)total;
  else if (spec->length == LENGTH_SHORT) *(short *)to = (short)total;
  else if (spec->length == LENGTH_INT) *(int *)to = (int)total;
  else *(long *)to = (long)total;
}

static int text(struct __sink *sink, struct __spec *spec, const char *s) {
  if (!s) s = spec->precision == -1 || spec->precision >= 6 ? "(null)" : "";
  size_t n = spec->precision >= 0 ? strnlen(s, (size_t)spec->precision) : strlen(s);
  return __format_text(sink, spec, s, n);
}

static int pointer(struct __sink *sink, struct __spec *spec, void *p) {
  if (!p) {
    spec->precision = -1;
    return __format_text(sink, spec, "(nil)", 5);
  }
  spec->alternate = 1;
  spec->conversion = 'x';
  spec->length = LENGTH_LONG;
  return __format_integer(sink, spec, (unsigned long)p, 0);
}

static int one(struct __sink *sink, struct __spec *spec, union __argument a, int error) {
  char c;
  switch (spec->conversion) {
    case 'd': case 'i': {
      long value = signed_value(spec, a.i);
      return __format_integer(sink, spec, value < 0 ? -(unsigned long)value : (unsigned long)value, value < 0);
    }
    case 'u': case 'x': case 'X': case 'o': case 'b': case 'B':
      spec->plus = spec->space = 0;
      return __format_integer(sink, spec, unsigned_value(spec, a.i), 0);
    case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': case 'a': case 'A':
      return __format_float(sink, spec, a.d);
    case 'c':
      if (spec->length == LENGTH_LONG) {
        wchar_t wide[2] = { (wchar_t)a.i, 0 };
        if (wide[0] != 0) {
          spec->precision = -1;
          return __format_wide(sink, spec, wide);
        }
      }
      c = (char)a.i;
      return __format_text(sink, spec, &c, 1);
    case 's': return spec->length == LENGTH_LONG && a.p ? __format_wide(sink, spec, a.p) : text(sink, spec, a.p);
    case 'p': return pointer(sink, spec, a.p);
    case 'n':
      store_count(spec, a.p, sink->total);
      return 0;
    case 'm': {
      const char *name = spec->alternate ? strerrorname_np(error) : strerror(error);
      return text(sink, spec, name ? name : "0");
    }
    default: return invalid(sink, spec);
  }
}

/* At a `%`: reads the conversion and takes it on to behind it. Null at the end of the text. */
static const char *parse(struct __spec *spec, struct arguments *from, const char *at, int *position) {
  *spec = (struct __spec){ 0 };
  *position = 0;
  if (from->positional) {
    const char *digits = at;
    int n = number(&digits);
    if (*digits == '$' && n > 0) {
      *position = n;
      at = digits + 1;
    }
  }
  at = flags(spec, at);
  at = width_and_precision(spec, from, at);
  at = length(spec, at);
  spec->conversion = *at;
  if (spec->conversion == 'C' || spec->conversion == 'S') {
    spec->length = LENGTH_LONG;
    spec->conversion = spec->conversion == 'C' ? 'c' : 's';
  }
  return spec->conversion ? at + 1 : 0;
}

/* The first pass over a text with `%1$d`: which types the arguments have, and then their values. */
static void note_star(const char *at, struct __spec *specs, int *most) {
  int n = number(&at);
  if (*at != '$' || n < 1 || n > LIMIT) return;
  specs[n - 1].conversion = 'd';
  specs[n - 1].length = LENGTH_INT;
  if (n > *most) *most = n;
}

static void take_all(struct arguments *from, const char *format) {
  struct __spec specs[LIMIT], spec;
  int most = 0, position;
  memset(specs, 0, sizeof specs);
  for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
    if (at[1] == '%') {
      at += 2;
      continue;
    }
    for (const char *in = at + 1; *in && strchr("0123456789$-+ #'I.*", *in); in++) if (*in == '*') note_star(in + 1, specs, &most);
    at = parse(&spec, from, at + 1, &position);
    if (!at) break;
    if (position < 1 || position > LIMIT) continue;
    specs[position - 1] = spec;
    if (position > most) most = position;
  }
  for (int i = 0; i < most; i++) {
    if (!specs[i].conversion) specs[i].conversion = 'd';
    from->taken[i] = take(from, &specs[i]);
  }
}

/* Whether arguments are named by position: a `$` behind digits right after a `%`. */
static int by_position(const char *format) {
  for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
    at++;
    if (*at == '%') {
      at++;
      continue;
    }
    const char *digits = at;
    while (*digits >= '0' && *digits <= '9') digits++;
    if (*digits == '$' && digits > at) return 1;
  }
  return 0;
}

int __format(struct __sink *sink, const char *format, va_list ap) {
  struct arguments from;
  struct __spec spec;
  int error = errno, position, result = 0, unknown = 0;
  va_copy(from.ap, ap);
  from.positional = strchr(format, '$') && by_position(format);
  if (from.positional) take_all(&from, format);
  for (;;) {
    const char *percent = strchrnul(format, '%');
    result = __emit(sink, format, (size_t)(percent - format));
    if (result < 0 || *percent == '\0') break;
    format = parse(&spec, &from, percent + 1, &position);
    if (!format && unknown) {
      /* glibc has gone over to its careful way at the first unknown conversion, and that one prints what it sees */
      result = invalid(sink, &spec);
      break;
    }
    if (!format) {
      errno = EINVAL;
      result = -1;
      break;
    }
    if (spec.width < 0 || spec.precision < -1) {
      errno = EOVERFLOW;
      result = -1;
      break;
    }
    union __argument a;
    a.i = 0;
    if (spec.conversion == '%') result = __emit(sink, "%", 1);
    else {
      if (position >= 1 && position <= LIMIT) a = from.taken[position - 1];
      else if (strchr("diuxXobBeEfFgGaAcspn", spec.conversion)) a = take(&from, &spec);
      else if (spec.conversion != 'm') unknown = 1;
      result = one(sink, &spec, a, error);
    }
    if (result < 0) break;
  }
  va_end(from.ap);
  return result < 0 ? -1 : (int)sink->total;
}
