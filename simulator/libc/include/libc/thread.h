#ifndef _LIBC_THREAD_H
#define _LIBC_THREAD_H
/* The thread control block: the thread pointer points to it, the thread's variables stand below. */
#include <bits/types.h>
#include <bits/sigset.h>
#include <setjmp.h>
struct __cleanup;
struct __tcb {
  struct __tcb *self;          /* the ABI wants its own address first */
  int tid;                        /* the kernel sets it to 0 and wakes a futex when the thread ends */
  int detached, joined;
  void *(*start)(void *);
  void *argument, *result;
  char *map;                      /* its stack's mapping, null when it is not ours */
  size_t map_size;
  void **specific;                /* values of pthread_key_create's keys */
  struct __cleanup *cleanups;
  int cancelled, cancel_disabled, cancel_asynchronous, exiting;
  struct __tcb *next;
  char name[16];
  struct __jmp_buf_tag unwind;
  sigset_t mask;
};
void *__thread_pointer(void);
#define SELF ((struct __tcb *)__thread_pointer())
extern const struct { const void *data; unsigned long data_size, size, align; } __tls_template;
/* Room that a block with its thread's variables needs, and its making inside such room. */
size_t __tls_room(void);
struct __tcb *__tls_make(char *room);
/* Locks do nothing until a second thread is made: that sets these. */
extern void (*__lock_hook)(int *), (*__unlock_hook)(int *);
#define LOCK(lock) do { if (__lock_hook) __lock_hook(lock); } while (0)
#define UNLOCK(lock) do { if (__lock_hook) __unlock_hook(lock); } while (0)
#endif
