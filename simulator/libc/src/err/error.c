#define _GNU_SOURCE
#include <error.h>
#include <libc/start.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

unsigned error_message_count;
int error_one_per_line;
void (*error_print_progname)(void);

static void begin(void) {
  fflush(stdout);
  if (error_print_progname) error_print_progname();
  else fprintf(stderr, "%s: ", program_invocation_name);
}

static void end(int status, int error, const char *format, va_list ap) {
  vfprintf(stderr, format, ap);
  error_message_count++;
  if (error) fprintf(stderr, ": %s", strerror(error));
  putc('\n', stderr);
  fflush(stderr);
  if (status) exit(status);
}

void error(int status, int error_number, const char *format, ...) {
  va_list ap;
  begin();
  va_start(ap, format);
  end(status, error_number, format, ap);
  va_end(ap);
}

void error_at_line(int status, int error_number, const char *file, unsigned line, const char *format, ...) {
  static const char *last_file;
  static unsigned last_line;
  va_list ap;
  if (error_one_per_line && last_line == line && (file == last_file || (file && last_file && strcmp(file, last_file) == 0))) return;
  last_file = file;
  last_line = line;
  fflush(stdout);
  if (error_print_progname) error_print_progname();
  else fprintf(stderr, "%s:", program_invocation_name);
  fprintf(stderr, file ? "%s:%u: " : " ", file, line);
  va_start(ap, format);
  end(status, error_number, format, ap);
  va_end(ap);
}
