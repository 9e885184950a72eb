#define _GNU_SOURCE
#include <assert.h>
#include <libc/start.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Noreturn static void fail(const char *what, const char *file, unsigned line, const char *function) {
  const char *name = program_invocation_short_name;
  fprintf(stderr, "%s%s%s:%u: %s%s%s\n", name, *name ? ": " : "", file, line, function ? function : "", function ? ": " : "", what);
  fflush(stderr);
  abort();
}

void __assert_fail(const char *expression, const char *file, unsigned line, const char *function) {
  char *text;
  if (asprintf(&text, "Assertion `%s' failed.", expression) < 0) abort();
  fail(text, file, line, function);
}
void __assert_perror_fail(int error, const char *file, unsigned line, const char *function) {
  char *text;
  if (asprintf(&text, "Unexpected error: %s.", strerror(error)) < 0) abort();
  fail(text, file, line, function);
}
