#define _GNU_SOURCE
#include <libc/exec.h>
#include <unistd.h>
int execl(const char *path, const char *arg, ...) {
  va_list ap;
  va_start(ap, arg);
  long count = __count_arguments(arg, ap);
  va_end(ap);
  char *argv[count + 1];
  va_start(ap, arg);
  __take_arguments(argv, arg, ap);
  va_end(ap);
  return execve(path, argv, __environ);
}
