#define _GNU_SOURCE
#include <errno.h>
#include <libc/capability.h>
#include <stdlib.h>
#include <string.h>

cap_t cap_init(void) {
  cap_t caps = calloc(1, sizeof *caps);
  if (caps) caps->magic = CAP_MAGIC;
  return caps;
}
cap_t cap_dup(cap_t from) {
  if (!from || from->magic != CAP_MAGIC) {
    errno = EINVAL;
    return 0;
  }
  cap_t caps = cap_init();
  if (caps) *caps = *from;
  return caps;
}
char *__cap_text(const char *text) {
  size_t size = strlen(text) + 1;
  struct __cap_text *t = malloc(sizeof *t + size);
  if (!t) return 0;
  t->magic = CAP_TEXT_MAGIC;
  return memcpy(t->text, text, size);
}
int cap_free(void *given) {
  if (!given) return 0;
  struct __cap_text *t = (struct __cap_text *)((char *)given - sizeof(struct __cap_text));
  if (((cap_t)given)->magic == CAP_MAGIC) {
    ((cap_t)given)->magic = 0;
    free(given);
    return 0;
  }
  if (t->magic == CAP_TEXT_MAGIC) {
    t->magic = 0;
    free(t);
    return 0;
  }
  errno = EINVAL;
  return -1;
}
ssize_t cap_size(cap_t caps) {
  (void)caps;
  return 44;
}
cap_value_t cap_max_bits(void) {
  int n = 0;
  while (n < 64 && cap_get_bound(n) >= 0) n++;
  return n ? n : CAP_LAST_CAP + 1;
}
