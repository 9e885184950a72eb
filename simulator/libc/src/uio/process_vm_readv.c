#define _GNU_SOURCE
#include <libc/syscall.h>
#include <sys/uio.h>
ssize_t process_vm_readv(pid_t pid, const struct iovec *local, unsigned long locals, const struct iovec *remote, unsigned long remotes, unsigned long flags) { return (ssize_t)SYS6(SYS_process_vm_readv, pid, local, locals, remote, remotes, flags); }
