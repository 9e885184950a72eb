#ifndef _LIBC_PTHREAD_H
#define _LIBC_PTHREAD_H
#include <libc/thread.h>
#include <pthread.h>
/* A pthread_t is the address of the thread's block. Living threads, the first one among them, and those whose stacks can be taken away once the kernel is done with them. */
#define THREAD(t) ((struct __tcb *)(t))
extern struct __tcb *__threads;
extern int __threads_lock, __thread_count;
void __threads_begin(void);
_Noreturn void __thread_end(void *result);
extern void (*__key_destructors_hook)(struct __tcb *self);
struct __attr { size_t stack_size, guard_size; void *stack; int detached; };
#define ATTR(a) ((struct __attr *)(a))
#define SIGCANCEL 32
#define SIGSETXID 33
#endif
