#define _GNU_SOURCE
#include <libc/syscall.h>
#include <stdarg.h>
#include <sys/mman.h>
void *mremap(void *address, size_t length, size_t to, int flags, ...) {
  va_list ap;
  va_start(ap, flags);
  void *wanted = flags & MREMAP_FIXED ? va_arg(ap, void *) : 0;
  va_end(ap);
  return (void *)SYS5(SYS_mremap, address, length, to, flags, wanted);
}
int posix_madvise(void *address, size_t length, int advice) { return advice == POSIX_MADV_DONTNEED ? 0 : (int)-RAW3(SYS_madvise, address, length, advice); }
