#define _GNU_SOURCE
#include <libc/exec.h>
#include <unistd.h>
int execle(const char *path, const char *arg, ...) {
  va_list ap;
  va_start(ap, arg);
  long count = __count_arguments(arg, ap);
  va_end(ap);
  char *argv[count + 1];
  va_start(ap, arg);
  __take_arguments(argv, arg, ap);
  for (long i = arg ? 0 : 1; i < count; i++) va_arg(ap, char *);
  char **envp = va_arg(ap, char **);
  va_end(ap);
  return execve(path, argv, envp);
}
