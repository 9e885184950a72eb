#define _GNU_SOURCE
#include <libc/pthread.h>
void __cleanup_push(struct __cleanup *c) {
  c->next = SELF->cleanups;
  SELF->cleanups = c;
}
void __cleanup_pop(struct __cleanup *c, int execute) {
  SELF->cleanups = c->next;
  if (execute) c->function(c->argument);
}
