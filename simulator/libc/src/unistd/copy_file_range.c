#define _GNU_SOURCE
#include <libc/cancel.h>
#include <libc/syscall.h>
#include <unistd.h>
ssize_t copy_file_range(int from, off_t *from_at, int to, off_t *to_at, size_t length, unsigned flags) { return (ssize_t)CANCELLABLE(SYS6(SYS_copy_file_range, from, from_at, to, to_at, length, flags)); }
