#define _GNU_SOURCE
#include <errno.h>
#include <libc/stdio.h>
#include <stdlib.h>
#include <string.h>

struct memory { char *data; size_t size, length, at; int own, append, binary; };

static ssize_t take(void *cookie, char *to, size_t count) {
  struct memory *m = cookie;
  size_t left = m->at < m->length ? m->length - m->at : 0;
  if (count > left) count = left;
  memcpy(to, m->data + m->at, count);
  m->at += count;
  return (ssize_t)count;
}

static ssize_t put(void *cookie, const char *from, size_t count) {
  struct memory *m = cookie;
  if (m->append) m->at = m->length;
  size_t zero = count > 0 && from[count - 1] == '\0' ? 0 : 1;
  size_t room = m->size > m->at ? m->size - m->at : 0;
  if (count > room) {
    if (room == 0) {
      errno = ENOSPC;
      return 0;
    }
    count = room;
  }
  memcpy(m->data + m->at, from, count);
  m->at += count;
  if (m->at > m->length) {
    m->length = m->at;
    if (m->at < m->size && zero) m->data[m->at] = '\0';
    else if (zero && !m->append) m->data[m->size - 1] = '\0';
  }
  return (ssize_t)count;
}

static int move(void *cookie, off_t *offset, int whence) {
  struct memory *m = cookie;
  off_t to = *offset + (whence == SEEK_CUR ? (off_t)m->at : whence == SEEK_END ? (off_t)m->length : 0);
  if (to < 0 || (size_t)to > m->size) {
    errno = EINVAL;
    return -1;
  }
  m->at = (size_t)to;
  *offset = to;
  return 0;
}

static int end(void *cookie) {
  struct memory *m = cookie;
  if (m->own) free(m->data);
  free(m);
  return 0;
}

FILE *fmemopen(void *buffer, size_t size, const char *mode) {
  struct memory *m = calloc(1, sizeof *m);
  if (!m) return 0;
  m->own = !buffer;
  m->data = buffer ? buffer : calloc(1, size ? size : 1);
  m->size = size;
  m->append = *mode == 'a';
  if (*mode == 'w' && size > 0) m->data[0] = '\0';
  m->length = *mode == 'r' ? size : strnlen(m->data, size);
  if (m->append) m->at = m->length;
  FILE *f = m->data ? fopencookie(m, mode, (cookie_io_functions_t){ take, put, move, end }) : 0;
  if (!f) end(m);
  return f;
}
