#ifndef _LIBC_PRINTF_H
#define _LIBC_PRINTF_H
/* printf's engine, and where its text goes: `put` gives 0, or -1 to end it. `total` counts all characters. */
#include <stdarg.h>
#include <stddef.h>
struct __sink { int (*put)(struct __sink *sink, const char *text, size_t length); size_t total; };
int __format(struct __sink *sink, const char *format, va_list ap);
/* One conversion. */
struct __spec {
  int left, plus, space, alternate, zero, group, i18n, upper;
  int width, precision;          /* precision -1: none */
  int length;                    /* LENGTH_… */
  char conversion;
};
enum { LENGTH_INT, LENGTH_CHAR, LENGTH_SHORT, LENGTH_LONG, LENGTH_DOUBLE };
/* An argument, as its conversion takes it. */
union __argument { long i; double d; void *p; };
/* 0, or -1 when the sink failed. */
int __format_integer(struct __sink *sink, const struct __spec *spec, unsigned long value, int negative);
int __format_float(struct __sink *sink, const struct __spec *spec, double value);
int __format_text(struct __sink *sink, const struct __spec *spec, const char *text, size_t length);
int __format_wide(struct __sink *sink, const struct __spec *spec, const void *text);
int __emit(struct __sink *sink, const char *text, size_t length);
int __pad(struct __sink *sink, char c, long count);
/* The decimal digits of a positive finite number, exactly rounded (to even at a tie): `fixed`: to `count` places after the point, else to `count` digits in all.
   value = 0.DIGITS x 10^point. No zeros at the end; none at all when it is rounded to zero. `digits` has room for 1100. */
int __decimal_digits(double value, int fixed, int count, char *digits, int *point);
#endif
