#define _GNU_SOURCE
#include <errno.h>
#include <libc/pthread.h>
#include <limits.h>
#include <string.h>

int pthread_attr_init(pthread_attr_t *a) {
  memset(a, 0, sizeof *a);
  ATTR(a)->guard_size = 4096;
  return 0;
}
int pthread_attr_destroy(pthread_attr_t *a) {
  (void)a;
  return 0;
}
int pthread_attr_setdetachstate(pthread_attr_t *a, int state) {
  if (state != PTHREAD_CREATE_DETACHED && state != PTHREAD_CREATE_JOINABLE) return EINVAL;
  ATTR(a)->detached = state;
  return 0;
}
int pthread_attr_getdetachstate(const pthread_attr_t *a, int *state) {
  *state = ATTR(a)->detached;
  return 0;
}
int pthread_attr_setstacksize(pthread_attr_t *a, size_t size) {
  if (size < PTHREAD_STACK_MIN) return EINVAL;
  ATTR(a)->stack_size = size;
  return 0;
}
int pthread_attr_getstacksize(const pthread_attr_t *a, size_t *size) {
  *size = ATTR(a)->stack_size ? ATTR(a)->stack_size : 0x800000;
  return 0;
}
int pthread_attr_setstack(pthread_attr_t *a, void *stack, size_t size) {
  if (size < PTHREAD_STACK_MIN) return EINVAL;
  ATTR(a)->stack = stack;
  ATTR(a)->stack_size = size;
  return 0;
}
int pthread_attr_getstack(const pthread_attr_t *a, void **stack, size_t *size) {
  *stack = ATTR(a)->stack;
  *size = ATTR(a)->stack_size;
  return 0;
}
int pthread_attr_setguardsize(pthread_attr_t *a, size_t size) {
  ATTR(a)->guard_size = (size + 4095) & ~4095ul;
  return 0;
}
int pthread_attr_getguardsize(const pthread_attr_t *a, size_t *size) {
  *size = ATTR(a)->guard_size;
  return 0;
}
