#define _GNU_SOURCE
#include <libc/fork.h>
#include <libc/syscall.h>
#include <libc/thread.h>
#include <unistd.h>

void (*__fork_hook)(int);

pid_t _Fork(void) {
  long pid = RAW5(SYS_clone, 0x01200011, 0, 0, &SELF->tid, 0);
  return (pid_t)__ret(pid);
}

pid_t fork(void) {
  if (__fork_hook) __fork_hook(0);
  pid_t pid = _Fork();
  if (__fork_hook) __fork_hook(pid == 0 ? 1 : 2);
  return pid;
}
