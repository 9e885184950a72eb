#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <libc/stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* What is read at: the stream, how many characters it gave, and whether it ended. */
struct source { FILE *f; long count; int ended; };
struct scan { int suppress, allocate, width, length; char conversion; long position; };
enum { SIZE_INT, SIZE_CHAR, SIZE_SHORT, SIZE_LONG, SIZE_LONG_DOUBLE };

static int next(struct source *s) {
  int c = GETC(s->f);
  if (c == EOF) s->ended = 1;
  else s->count++;
  return c;
}

static void back(struct source *s, int c) {
  if (c == EOF) return;
  s->count--;
  ungetc(c, s->f);
}

static void skip_space(struct source *s) {
  int c;
  do c = next(s); while (c != EOF && isspace(c));
  back(s, c);
}

static const char *parse(struct scan *spec, const char *at) {
  memset(spec, 0, sizeof *spec);
  const char *digits = at;
  while (isdigit((unsigned char)*digits)) digits++;
  if (*digits == '$' && digits > at) {
    spec->position = strtol(at, 0, 10);
    at = digits + 1;
  }
  for (;; at++) {
    if (*at == '*') spec->suppress = 1;
    else if (*at != '\'' && *at != 'I') break;
  }
  while (isdigit((unsigned char)*at)) spec->width = spec->width * 10 + (*at++ - '0');
  if (*at == 'm') {
    spec->allocate = 1;
    at++;
  }
  if (*at == 'h') spec->length = *++at == 'h' ? (at++, SIZE_CHAR) : SIZE_SHORT;
  else if (*at == 'l') {
    spec->length = SIZE_LONG;
    if (*++at == 'l') at++;
  } else if (*at == 'L') spec->length = SIZE_LONG_DOUBLE, at++;
  else if (*at == 'q' || *at == 'j' || *at == 'z' || *at == 't') spec->length = SIZE_LONG, at++;
  spec->conversion = *at;
  return *at ? at + 1 : at;
}

static int digit_of(int c) { return isdigit(c) ? c - '0' : isalpha(c) ? tolower(c) - 'a' + 10 : 99; }

/* Takes what belongs to an integer into `text`; 0 when there is none. */
static int take_integer(struct source *s, int width, int base, char *text) {
  int n = 0, digits = 0, c = next(s);
  if (width <= 0 || width > 300) width = 300;
  if ((c == '-' || c == '+') && width > 0) {
    text[n++] = (char)c;
    c = --width > 0 ? next(s) : EOF;
    if (width == 0) return 0;
  }
  if (c == '0' && width > 0 && (base == 0 || base == 16)) {
    text[n++] = '0';
    digits = 1;
    width--;
    c = width > 0 ? next(s) : -2;
    if (width > 0 && tolower(c) == 'x') {
      base = 16;
      text[n++] = 'x';
      width--;
      c = width > 0 ? next(s) : -2;
    } else if (base == 0) base = 8;
  }
  if (base == 0) base = 10;
  while (c != -2 && c != EOF && digit_of(c) < base && width > 0) {
    text[n++] = (char)c;
    digits = 1;
    width--;
    c = width > 0 ? next(s) : -2;
  }
  if (c != -2) back(s, c);
  text[n] = '\0';
  return digits;
}

static void store(void *to, int length, unsigned long value) {
  if (length == SIZE_CHAR) *(char *)to = (char)value;
  else if (length == SIZE_SHORT) *(short *)to = (short)value;
  else if (length == SIZE_INT) *(int *)to = (int)value;
  else *(long *)to = (long)value;
}

/* 1 done, 0 does not match. */
static int scan_integer(struct source *s, const struct scan *spec, void *to) {
  char text[320];
  int base = strchr("dD", spec->conversion) || spec->conversion == 'u' ? 10 : spec->conversion == 'o' ? 8 : spec->conversion == 'i' ? 0 : 16;
  if (!take_integer(s, spec->width, base, text)) return 0;
  int error = errno;
  unsigned long value = spec->conversion == 'd' || spec->conversion == 'i' ? (unsigned long)strtol(text, 0, base) : strtoul(text, 0, base);
  errno = error;
  if (to) store(to, spec->conversion == 'p' ? SIZE_LONG : spec->length, value);
  return 1;
}

static int scan_pointer(struct source *s, const struct scan *spec, void *to) {
  int c = next(s);
  if (c == '(') {
    const char *nil = "nil)";
    while (*nil && (c = next(s)) == *nil) nil++;
    if (*nil) {
      back(s, c);
      return 0;
    }
    if (to) *(void **)to = 0;
    return 1;
  }
  back(s, c);
  return scan_integer(s, spec, to);
}

static int word_fits(struct source *s, const char *word, int *c, char *text, int *n, int *width) {
  for (; *word; word++) {
    if (*width <= 0 || *c == EOF || tolower(*c) != *word) return 0;
    text[(*n)++] = (char)*c;
    *c = --*width > 0 ? next(s) : EOF;
  }
  return 1;
}

static int take_float(struct source *s, int width, char *text) {
  int n = 0, digits = 0, hex = 0, point = 0, c = next(s);
  if (width <= 0 || width > 400) width = 400;
#define ADVANCE() (text[n++] = (char)c, c = --width > 0 ? next(s) : EOF)
  if (c == '-' || c == '+') ADVANCE();
  if (c != EOF && tolower(c) == 'n') {
    int ok = word_fits(s, "nan", &c, text, &n, &width);
    back(s, c);
    text[n] = '\0';
    return ok;
  }
  if (c != EOF && tolower(c) == 'i') {
    int ok = word_fits(s, "inf", &c, text, &n, &width);
    if (ok && c != EOF && tolower(c) == 'i') ok = word_fits(s, "inity", &c, text, &n, &width);
    back(s, c);
    text[n] = '\0';
    return ok;
  }
  if (c == '0') {
    ADVANCE();
    digits = 1;
    if (c != EOF && tolower(c) == 'x') {
      hex = 1;
      digits = 0;
      ADVANCE();
    }
  }
  for (; c != EOF && ((hex ? isxdigit(c) : isdigit(c)) || (c == '.' && !point));) {
    if (c == '.') point = 1;
    else digits = 1;
    ADVANCE();
  }
  if (digits && c != EOF && tolower(c) == (hex ? 'p' : 'e')) {
    ADVANCE();
    if (c == '-' || c == '+') ADVANCE();
    while (c != EOF && isdigit(c)) ADVANCE();
  }
#undef ADVANCE
  back(s, c);
  text[n] = '\0';
  return digits;
}

static int scan_float(struct source *s, const struct scan *spec, void *to) {
  char text[420];
  if (!take_float(s, spec->width, text)) return 0;
  int error = errno;
  double value = strtod(text, 0);
  float narrow = spec->length == SIZE_INT ? strtof(text, 0) : 0;
  errno = error;
  if (!to) return 1;
  if (spec->length == SIZE_LONG) *(double *)to = value;
  else if (spec->length == SIZE_LONG_DOUBLE) *(long double *)to = value;
  else *(float *)to = narrow;
  return 1;
}

/* Where text goes: the caller's array, one that grows, or nowhere. */
struct text { char *at; size_t length, room; int grows, wide; };

static int add(struct text *t, int c) {
  size_t size = t->wide ? sizeof(wchar_t) : 1;
  if (!t->at) return 0;
  if (t->grows && (t->length + 1) * size > t->room) {
    char *more = realloc(t->at, 2 * t->room);
    if (!more) return -1;
    t->at = more;
    t->room *= 2;
  }
  if (t->wide) ((wchar_t *)t->at)[t->length] = c;
  else t->at[t->length] = (char)c;
  t->length++;
  return 0;
}

/* The set of a `%[`: behind its `]`, and which characters are in it. */
static const char *parse_set(const char *at, char *set) {
  int inverse = *at == '^', first = 1;
  if (inverse) at++;
  memset(set, inverse, 256);
  for (; *at && (first || *at != ']'); at++, first = 0) {
    unsigned char from = (unsigned char)*at, to = from;
    if (at[1] == '-' && at[2] && at[2] != ']' && (unsigned char)at[2] >= from) {
      to = (unsigned char)at[2];
      at += 2;
    }
    for (int c = from; c <= to; c++) set[c] = (char)!inverse;
  }
  return *at ? at + 1 : at;
}

static int wide_character(struct source *s, int c) {
  mbstate_t state = { 0 };
  wchar_t wide;
  for (;;) {
    char byte = (char)c;
    size_t used = mbrtowc(&wide, &byte, 1, &state);
    if (used == (size_t)-1) return -1;
    if (used != (size_t)-2) return wide;
    c = next(s);
    if (c == EOF) return -1;
  }
}

static int scan_text(struct source *s, const struct scan *spec, struct text *t, const char *set) {
  int most = spec->width > 0 ? spec->width : spec->conversion == 'c' ? 1 : 0x7fffffff, n = 0, c = EOF;
  while (n < most) {
    c = next(s);
    if (c == EOF) break;
    if ((spec->conversion == 's' && isspace(c)) || (spec->conversion == '[' && !set[c])) {
      back(s, c);
      break;
    }
    if (t->wide && (c = wide_character(s, c)) < 0) return -1;
    if (add(t, c) < 0) return -1;
    n++;
  }
  if (spec->conversion == 'c') return n == most || (n > 0 && c == EOF) ? n > 0 : 0;
  if (n > 0) {
    add(t, 0);
    return 1;
  }
  return 0;
}

static int scan_into(struct source *s, const struct scan *spec, void *to, const char *set) {
  struct text t = { .at = to, .wide = spec->length == SIZE_LONG };
  if (spec->allocate && to) {
    t.grows = 1;
    t.room = 100;
    t.at = malloc(t.room);
    if (!t.at) return -1;
  }
  int result = scan_text(s, spec, &t, set);
  if (t.grows && result == 1) *(char **)to = t.at;
  else if (t.grows) free(t.at);
  return result;
}

static int scan_one(struct source *s, struct scan *spec, void *to, const char *set) {
  switch (spec->conversion) {
    case 'd': case 'i': case 'u': case 'o': case 'x': case 'X': return scan_integer(s, spec, to);
    case 'p': return scan_pointer(s, spec, to);
    case 'a': case 'A': case 'e': case 'E': case 'f': case 'F': case 'g': case 'G': return scan_float(s, spec, to);
    case 's': case 'c': case '[': return scan_into(s, spec, to, set);
    default: return 0;
  }
}

struct arguments { va_list next, all; };

static void *argument(struct arguments *from, long position) {
  if (position == 0) return va_arg(from->next, void *);
  va_list copy;
  void *result = 0;
  va_copy(copy, from->all);
  while (position-- > 0) result = va_arg(copy, void *);
  va_end(copy);
  return result;
}

static int scan(struct source *s, const char *format, struct arguments *from) {
  int done = 0;
  char set[256];
  while (*format) {
    if (isspace((unsigned char)*format)) {
      while (isspace((unsigned char)*format)) format++;
      skip_space(s);
      continue;
    }
    if (*format != '%' || format[1] == '%') {
      if (*format == '%') {
        skip_space(s);
        format++;
      }
      int c = next(s);
      if (c == EOF) return done ? done : EOF;
      if (c != (unsigned char)*format++) {
        back(s, c);
        return done;
      }
      continue;
    }
    struct scan spec;
    format = parse(&spec, format + 1);
    if (spec.conversion == 'C' || spec.conversion == 'S') {
      spec.length = SIZE_LONG;
      spec.conversion = spec.conversion == 'C' ? 'c' : 's';
    }
    if (spec.conversion == '[') format = parse_set(format, set);
    void *to = spec.suppress || !spec.conversion ? 0 : argument(from, spec.position);
    if (spec.conversion == 'n') {
      if (to) store(to, spec.length, (unsigned long)s->count);
      continue;
    }
    if (spec.conversion != 'c' && spec.conversion != '[') skip_space(s);
    int c = next(s);
    if (c == EOF) return done ? done : EOF;
    back(s, c);
    int result = scan_one(s, &spec, to, set);
    if (result <= 0) return s->ended && !done && result < 0 ? EOF : done;
    if (!spec.suppress) done++;
  }
  return done;
}

int vfscanf(FILE *f, const char *format, va_list ap) {
  struct source s = { .f = f };
  struct arguments from;
  if (f->flags & F_NO_READS) {
    f->flags |= F_ERROR;
    errno = EBADF;
    return EOF;
  }
  va_copy(from.next, ap);
  va_copy(from.all, ap);
  FLOCK(f);
  int result = scan(&s, format, &from);
  FUNLOCK(f);
  va_end(from.next);
  va_end(from.all);
  return result;
}
