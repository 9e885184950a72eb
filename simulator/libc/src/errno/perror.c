#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <string.h>

void perror(const char *text) {
  int error = errno;
  if (text && *text) fprintf(stderr, "%s: %s\n", text, strerror(error));
  else fprintf(stderr, "%s\n", strerror(error));
  errno = error;
}
