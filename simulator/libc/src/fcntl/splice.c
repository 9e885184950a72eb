#define _GNU_SOURCE
#include <fcntl.h>
#include <libc/cancel.h>
#include <libc/syscall.h>
ssize_t splice(int from, off_t *from_at, int to, off_t *to_at, size_t length, unsigned flags) { return (ssize_t)CANCELLABLE(SYS6(SYS_splice, from, from_at, to, to_at, length, flags)); }
