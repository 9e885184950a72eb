#define _GNU_SOURCE
#include <libc/start.h>
#include <libc/syscall.h>
#include <libc/thread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern void (*const __init_array_start[])(int, char **, char **), (*const __init_array_end[])(int, char **, char **);
extern int main(int, char **, char **);
static char first_thread[1024] __attribute__((aligned(64)));

static void set_thread(void) {
  char *room = first_thread;
  size_t need = __tls_room();
  if (need > sizeof first_thread) room = (char *)RAW6(SYS_mmap, 0, need, 3, 0x22, -1, 0);
  struct __tcb *thread = __tls_make(room);
  RAW2(SYS_arch_prctl, 0x1002, thread);
  thread->tid = (int)RAW1(SYS_set_tid_address, &thread->tid);
}

static void set_names(char *name) {
  if (!name) return;
  program_invocation_name = name;
  char *slash = strrchr(name, '/');
  program_invocation_short_name = slash ? slash + 1 : name;
}

/* The kernel's stack: argc, argv, 0, environment, 0, auxiliary vector. */
void _start(long *sp) {
  int argc = (int)sp[0];
  char **argv = (char **)(sp + 1), **envp = argv + argc + 1, **end = envp;
  set_thread();
  while (*end) end++;
  __auxv = (unsigned long *)(end + 1);
  __environ = envp;
  set_names(argv[0]);
  for (unsigned long i = 0; i < (unsigned long)(__init_array_end - __init_array_start); i++) __init_array_start[i](argc, argv, envp);
  exit(main(argc, argv, envp));
}
