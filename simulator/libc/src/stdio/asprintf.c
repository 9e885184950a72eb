#define _GNU_SOURCE
#include <libc/printf.h>
#include <libc/stdio.h>
#include <stdlib.h>
#include <string.h>

struct growing { struct __sink sink; char *text; size_t length, room; };

static int put(struct __sink *sink, const char *text, size_t length) {
  struct growing *g = (struct growing *)sink;
  if (g->length + length + 1 > g->room) {
    size_t room = 2 * (g->length + length + 1);
    char *more = realloc(g->text, room);
    if (!more) return -1;
    g->text = more;
    g->room = room;
  }
  memcpy(g->text + g->length, text, length);
  g->length += length;
  return 0;
}

int vasprintf(char **to, const char *format, va_list ap) {
  struct growing g = { { put, 0 }, malloc(100), 0, 100 };
  if (!g.text) return -1;
  int result = __format(&g.sink, format, ap);
  if (result < 0) {
    free(g.text);
    return result;
  }
  g.text[g.length] = '\0';
  *to = g.text;
  return result;
}

int asprintf(char **to, const char *format, ...) {
  va_list ap;
  va_start(ap, format);
  int result = vasprintf(to, format, ap);
  va_end(ap);
  return result;
}
