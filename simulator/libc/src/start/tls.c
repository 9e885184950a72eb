#define _GNU_SOURCE
#include <libc/thread.h>
#include <string.h>

static size_t below(void) {
  size_t align = __tls_template.align > 64 ? __tls_template.align : 64;
  return (__tls_template.size + align - 1) & ~(align - 1);
}

size_t __tls_room(void) {
  size_t align = __tls_template.align > 64 ? __tls_template.align : 64;
  return below() + align + sizeof(struct __tcb);
}

struct __tcb *__tls_make(char *room) {
  size_t align = __tls_template.align > 64 ? __tls_template.align : 64;
  char *base = (char *)(((unsigned long)room + align - 1) & ~(align - 1)) + below();
  struct __tcb *thread = (struct __tcb *)base;
  size_t used = (__tls_template.size + (__tls_template.align ? __tls_template.align : 1) - 1) & ~((__tls_template.align ? __tls_template.align : 1) - 1);
  memcpy(base - used, __tls_template.data, __tls_template.data_size);
  memset(base - used + __tls_template.data_size, 0, __tls_template.size - __tls_template.data_size);
  memset(thread, 0, sizeof *thread);
  thread->self = thread;
  return thread;
}
