#define _GNU_SOURCE
#include <libc/printf.h>
#include <string.h>

struct memory { struct __sink sink; char *to, *end; };

static int put(struct __sink *sink, const char *text, size_t length) {
  struct memory *m = (struct memory *)sink;
  size_t room = (size_t)(m->end - m->to);
  if (room > length) room = length;
  memcpy(m->to, text, room);
  m->to += room;
  return 0;
}

int vsnprintf(char *to, size_t size, const char *format, va_list ap) {
  struct memory m = { { put, 0 }, to, to + (size > 0 ? size - 1 : 0) };
  int result = __format(&m.sink, format, ap);
  if (size > 0) *m.to = '\0';
  return result;
}
