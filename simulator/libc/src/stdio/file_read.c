#define _GNU_SOURCE
#include <libc/stdio.h>
#include <errno.h>
#include <string.h>
#include <unistd.h>

static ssize_t receive(FILE *f, unsigned char *to, size_t length) {
  return f->cookie ? (f->read ? f->read(f->cookie, (char *)to, length) : 0) : read(f->fd, to, length);
}

/* From writing to reading: what waits is written, and the pointers start anew. 0, or EOF. */
static int begin_reading(FILE *f) {
  if (f->flags & F_NO_READS) {
    f->flags |= F_ERROR;
    errno = EBADF;
    return EOF;
  }
  if (f->flags & F_IN_BACKUP) __file_end_backup(f);
  if (f->read_ptr < f->read_end) return 1;
  if (!f->buf_base) {
    __file_buffer(f);
    f->read_base = f->read_ptr = f->read_end = f->buf_base;
  }
  /* who waits for input has seen all output before it, where both are a terminal */
  if ((f->flags & (F_LINE_BUFFERED | F_UNBUFFERED)) && (stdout->flags & (F_NO_WRITES | F_LINE_BUFFERED)) == F_LINE_BUFFERED) __file_overflow(stdout, EOF);
  if (f->write_ptr > f->write_base && __file_overflow(f, EOF) == EOF) return EOF;
  f->flags &= ~F_PUTTING;
  f->read_base = f->read_ptr = f->read_end = f->buf_base;
  f->write_base = f->write_ptr = f->write_end = f->buf_base;
  return 0;
}

static int filled(FILE *f, ssize_t count) {
  if (count > 0) return 1;
  f->flags |= count == 0 ? F_EOF : F_ERROR;
  return 0;
}

int __file_underflow(FILE *f) {
  if ((f->flags & (F_EOF | F_IN_BACKUP)) == F_EOF) return EOF;
  int state = begin_reading(f);
  if (state == EOF) return EOF;
  if (state == 1) return *f->read_ptr;
  ssize_t count = receive(f, f->buf_base, (size_t)(f->buf_end - f->buf_base));
  if (!filled(f, count)) return EOF;
  f->read_end += count;
  return *f->read_ptr;
}

int __file_take(FILE *f) {
  if (f->read_ptr >= f->read_end && __file_underflow(f) == EOF) return EOF;
  return *f->read_ptr++;
}

/* Whole blocks go to the reader directly, as long as it wants more than a buffer's worth. */
size_t __file_get(FILE *f, char *data, size_t length) {
  size_t left = length;
  if (!f->buf_base && left > 0) {
    __file_buffer(f);
    f->read_base = f->read_ptr = f->read_end = f->buf_base;
  }
  while (left > 0) {
    size_t have = (size_t)(f->read_end - f->read_ptr);
    if (have > 0) {
      if (have > left) have = left;
      memcpy(data, f->read_ptr, have);
      f->read_ptr += have;
      data += have;
      left -= have;
      continue;
    }
    size_t block = (size_t)(f->buf_end - f->buf_base);
    if ((f->flags & F_IN_BACKUP) || left < block || block == 0) {
      if (__file_underflow(f) == EOF) break;
      continue;
    }
    if ((f->flags & F_EOF) || begin_reading(f) == EOF) break;
    ssize_t count = receive(f, (unsigned char *)data, block >= 128 ? left - left % block : left);
    if (!filled(f, count)) break;
    data += count;
    left -= (size_t)count;
  }
  return length - left;
}
