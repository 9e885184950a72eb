#define _GNU_SOURCE
#include <errno.h>
#include <libc/fork.h>
#include <pthread.h>

static struct { void (*prepare)(void), (*parent)(void), (*child)(void); } handlers[32];
static int count;
static void (*before)(int);

/* Those for the time before run from the last to the first. */
static void run(int moment) {
  if (moment == 0) {
    for (int i = count; i-- > 0;) if (handlers[i].prepare) handlers[i].prepare();
    if (before) before(0);
    return;
  }
  if (before) before(moment);
  for (int i = 0; i < count; i++) {
    void (*f)(void) = moment == 1 ? handlers[i].child : handlers[i].parent;
    if (f) f();
  }
}

int pthread_atfork(void (*prepare)(void), void (*parent)(void), void (*child)(void)) {
  if (count == 32) return ENOMEM;
  handlers[count].prepare = prepare;
  handlers[count].parent = parent;
  handlers[count].child = child;
  count++;
  if (__fork_hook != run) {
    before = __fork_hook;
    __fork_hook = run;
  }
  return 0;
}
