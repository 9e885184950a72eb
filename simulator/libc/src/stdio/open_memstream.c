#define _GNU_SOURCE
#include <errno.h>
#include <libc/stdio.h>
#include <stdlib.h>
#include <string.h>

struct growing { char *data; size_t room, length, at, *size; char **to; };

static int show(struct growing *g) {
  *g->to = g->data;
  *g->size = g->at < g->length ? g->at : g->length;
  return 0;
}

static ssize_t put(void *cookie, const char *from, size_t count) {
  struct growing *g = cookie;
  if (g->at + count + 1 > g->room) {
    size_t room = 2 * g->room > g->at + count + 1 ? 2 * g->room : g->at + count + 1;
    char *more = realloc(g->data, room);
    if (!more) return 0;
    memset(more + g->room, 0, room - g->room);
    g->data = more;
    g->room = room;
  }
  memcpy(g->data + g->at, from, count);
  g->at += count;
  if (g->at > g->length) g->length = g->at;
  show(g);
  return (ssize_t)count;
}

static int move(void *cookie, off_t *offset, int whence) {
  struct growing *g = cookie;
  off_t to = *offset + (whence == SEEK_CUR ? (off_t)g->at : whence == SEEK_END ? (off_t)g->length : 0);
  if (to < 0) {
    errno = EINVAL;
    return -1;
  }
  g->at = (size_t)to;
  *offset = to;
  return show(g);
}

static int end(void *cookie) {
  free(cookie);
  return 0;
}

FILE *open_memstream(char **to, size_t *size) {
  struct growing *g = calloc(1, sizeof *g);
  if (!g) return 0;
  g->room = 128;
  g->data = calloc(1, g->room);
  g->to = to;
  g->size = size;
  FILE *f = g->data ? fopencookie(g, "w", (cookie_io_functions_t){ 0, put, move, end }) : 0;
  if (!f) {
    free(g->data);
    free(g);
    return 0;
  }
  show(g);
  return f;
}
