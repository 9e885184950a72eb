#define _GNU_SOURCE
#include <libc/syscall.h>
#include <stdarg.h>
#include <sys/ptrace.h>
/* What the PEEK requests read comes as the result; the kernel stores it. */
long ptrace(enum __ptrace_request request, ...) {
  va_list ap;
  long value;
  va_start(ap, request);
  long pid = va_arg(ap, int), address = va_arg(ap, long), data = va_arg(ap, long);
  va_end(ap);
  int peek = request >= PTRACE_PEEKTEXT && request <= PTRACE_PEEKUSER;
  long result = SYS4(SYS_ptrace, request, pid, address, peek ? (long)&value : data);
  if (!peek || result < 0) return result;
  errno = 0;
  return value;
}
