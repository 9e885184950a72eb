#define _GNU_SOURCE
#include <libc/exec.h>

long __count_arguments(const char *first, va_list given) {
  va_list ap;
  long count = 0;
  va_copy(ap, given);
  for (const char *arg = first; arg; arg = va_arg(ap, const char *)) count++;
  va_end(ap);
  return count;
}

void __take_arguments(char **argv, const char *first, va_list given) {
  va_list ap;
  long count = 0;
  va_copy(ap, given);
  for (const char *arg = first; arg; arg = va_arg(ap, const char *)) argv[count++] = (char *)arg;
  argv[count] = 0;
  va_end(ap);
}
