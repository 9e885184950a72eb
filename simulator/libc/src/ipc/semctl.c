#define _GNU_SOURCE
#include <libc/syscall.h>
#include <stdarg.h>
#include <sys/sem.h>
int semctl(int id, int number, int command, ...) {
  va_list ap;
  va_start(ap, command);
  long argument = va_arg(ap, long);
  va_end(ap);
  return (int)SYS4(SYS_semctl, id, number, command, argument);
}
