#define _GNU_SOURCE
#include <errno.h>
#include <libc/pthread.h>
#include <limits.h>
#include <stdlib.h>

static struct { int used; void (*destructor)(void *); } keys[PTHREAD_KEYS_MAX];

static void run_destructors(struct __tcb *self) {
  for (int round = 0, again = self->specific != 0; again && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
    again = 0;
    for (int i = 0; i < PTHREAD_KEYS_MAX; i++) {
      void *value = self->specific[i];
      if (!value || !keys[i].used) continue;
      self->specific[i] = 0;
      if (!keys[i].destructor) continue;
      again = 1;
      keys[i].destructor(value);
    }
  }
  free(self->specific);
  self->specific = 0;
}

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *)) {
  __key_destructors_hook = run_destructors;
  for (unsigned i = 0; i < PTHREAD_KEYS_MAX; i++) {
    int no = 0;
    if (!__atomic_compare_exchange_n(&keys[i].used, &no, 1, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) continue;
    keys[i].destructor = destructor;
    *key = i;
    return 0;
  }
  return EAGAIN;
}
int pthread_key_delete(pthread_key_t key) {
  if (key >= PTHREAD_KEYS_MAX || !keys[key].used) return EINVAL;
  keys[key].used = 0;
  return 0;
}
void *pthread_getspecific(pthread_key_t key) { return key < PTHREAD_KEYS_MAX && SELF->specific ? SELF->specific[key] : 0; }
int pthread_setspecific(pthread_key_t key, const void *value) {
  struct __tcb *self = SELF;
  if (key >= PTHREAD_KEYS_MAX || !keys[key].used) return EINVAL;
  if (!self->specific && !(self->specific = calloc(PTHREAD_KEYS_MAX, sizeof(void *)))) return ENOMEM;
  self->specific[key] = (void *)value;
  return 0;
}
