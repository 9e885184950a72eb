#define _GNU_SOURCE
#include <libc/stdio.h>
#include <libc/cancel.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

/* To the file itself, until all is there or an error comes. */
size_t __file_send(FILE *f, const unsigned char *data, size_t length) {
  size_t left = length;
  while (left > 0) {
    ssize_t done = f->cookie ? (f->write ? f->write(f->cookie, (const char *)data, left) : (ssize_t)left) : write(f->fd, data, left);
    if (done < 0 || (f->cookie && done == 0)) {
      f->flags |= F_ERROR;
      break;
    }
    data += done;
    left -= (size_t)done;
  }
  return length - left;
}

/* Like the above for what is in the buffer (or before it): then the buffer is empty. 0, or EOF. */
int __file_write_out(FILE *f, const unsigned char *data, size_t length) {
  if (length == 0) return 0;
  if (!(f->flags & F_APPENDING) && f->read_end != f->write_base && __file_seek(f, f->write_base - f->read_end, SEEK_CUR) < 0) return EOF;
  size_t done = __file_send(f, data, length);
  f->read_base = f->read_ptr = f->read_end = f->write_base = f->write_ptr = f->buf_base;
  f->write_end = f->flags & (F_LINE_BUFFERED | F_UNBUFFERED) ? f->buf_base : f->buf_end;
  return done == length ? 0 : EOF;
}

static int begin_writing(FILE *f) {
  if (f->flags & F_NO_WRITES) {
    f->flags |= F_ERROR;
    errno = EBADF;
    return EOF;
  }
  if ((f->flags & F_PUTTING) && f->write_base) return 0;
  if (!f->write_base) {
    __file_buffer(f);
    f->read_base = f->read_ptr = f->read_end = f->buf_base;
  }
  if (f->flags & F_IN_BACKUP) __file_end_backup(f);
  if (f->read_ptr == f->buf_end) f->read_end = f->read_ptr = f->buf_base;
  f->write_ptr = f->write_base = f->read_ptr;
  f->write_end = f->buf_end;
  f->read_base = f->read_ptr = f->read_end;
  f->flags |= F_PUTTING;
  if (f->flags & (F_LINE_BUFFERED | F_UNBUFFERED)) f->write_end = f->write_ptr;
  return 0;
}

int __file_overflow(FILE *f, int c) {
  if (begin_writing(f) == EOF) return EOF;
  if (c == EOF) return __file_write_out(f, f->write_base, (size_t)(f->write_ptr - f->write_base));
  if (f->write_ptr == f->buf_end && __file_write_out(f, f->write_base, (size_t)(f->write_ptr - f->write_base)) == EOF) return EOF;
  *f->write_ptr++ = (unsigned char)c;
  if ((f->flags & F_UNBUFFERED) || ((f->flags & F_LINE_BUFFERED) && c == '\n')) {
    if (__file_write_out(f, f->write_base, (size_t)(f->write_ptr - f->write_base)) == EOF) return EOF;
  }
  return (unsigned char)c;
}

/* What is left goes into the buffer, character by character where the stream asks at each. Gives how many went. */
static size_t put_rest(FILE *f, const unsigned char *data, size_t length) {
  size_t left = length;
  for (;;) {
    if (f->write_ptr < f->write_end) {
      size_t room = (size_t)(f->write_end - f->write_ptr);
      if (room > left) room = left;
      memcpy(f->write_ptr, data, room);
      f->write_ptr += room;
      data += room;
      left -= room;
    }
    if (left == 0 || __file_overflow(f, *data++) == EOF) break;
    left--;
  }
  return length - left;
}

/* How much fits without asking; `flush` when a line ends in it on a line-buffered stream. */
static size_t fits(FILE *f, const unsigned char *data, size_t length, int *flush) {
  if ((f->flags & F_LINE_BUFFERED) && (f->flags & F_PUTTING)) {
    size_t room = (size_t)(f->buf_end - f->write_ptr);
    if (room >= length) {
      const unsigned char *end = memrchr(data, '\n', length);
      if (end) {
        *flush = 1;
        return (size_t)(end - data) + 1;
      }
    }
    return room;
  }
  return f->write_end > f->write_ptr ? (size_t)(f->write_end - f->write_ptr) : 0;
}

size_t __file_put(FILE *f, const char *text, size_t length) {
  const unsigned char *data = (const unsigned char *)text;
  size_t left = length;
  int flush = 0;
  if (length == 0) return 0;
  size_t count = fits(f, data, length, &flush);
  if (count > left) count = left;
  if (count > 0) {
    memcpy(f->write_ptr, data, count);
    f->write_ptr += count;
    data += count;
    left -= count;
  }
  if (left == 0 && !flush) return length;
  if (__file_overflow(f, EOF) == EOF) return left == 0 ? (size_t)EOF : length - left;
  size_t block = (size_t)(f->buf_end - f->buf_base);
  size_t whole = left - (block >= 128 ? left % block : 0);
  if (whole > 0) {
    size_t before = whole;
    if (__file_write_out(f, data, whole) == EOF) before = 0;
    left -= before;
    if (before < whole) return length - left;
  }
  if (left > 0) left -= put_rest(f, data + whole, left);
  return length - left;
}
