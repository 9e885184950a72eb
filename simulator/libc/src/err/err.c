#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <libc/start.h>
#include <stdio.h>
#include <stdlib.h>

void vwarn(const char *format, va_list ap) {
  int error = errno;
  fprintf(stderr, "%s: ", program_invocation_short_name);
  if (format) {
    vfprintf(stderr, format, ap);
    fputs(": ", stderr);
  }
  errno = error;
  fprintf(stderr, "%m\n");
}
void vwarnx(const char *format, va_list ap) {
  fprintf(stderr, "%s: ", program_invocation_short_name);
  if (format) vfprintf(stderr, format, ap);
  putc('\n', stderr);
}
void verr(int status, const char *format, va_list ap) {
  vwarn(format, ap);
  exit(status);
}
void verrx(int status, const char *format, va_list ap) {
  vwarnx(format, ap);
  exit(status);
}
void warn(const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  vwarn(format, ap);
  va_end(ap);
}
void warnx(const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  vwarnx(format, ap);
  va_end(ap);
}
void err(int status, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  verr(status, format, ap);
}
void errx(int status, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  verrx(status, format, ap);
}
