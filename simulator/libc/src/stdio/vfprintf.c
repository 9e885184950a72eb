#define _GNU_SOURCE
#include <errno.h>
#include <libc/printf.h>
#include <libc/stdio.h>

struct to_file { struct __sink sink; FILE *f; };

static int put(struct __sink *sink, const char *text, size_t length) {
  struct to_file *to = (struct to_file *)sink;
  return __file_put(to->f, text, length) == length ? 0 : -1;
}

/* An unbuffered stream gets all in one piece. */
static int unbuffered(FILE *f, const char *format, va_list ap) {
  unsigned char work[BUFSIZ];
  FILE helper = { .flags = F_NO_READS, .fd = f->fd, .cookie = f->cookie, .write = f->write };
  helper.buf_base = helper.read_base = helper.read_ptr = helper.read_end = work;
  helper.buf_end = work + BUFSIZ;
  struct to_file to = { { put, 0 }, &helper };
  int result = __format(&to.sink, format, ap);
  size_t length = (size_t)(helper.write_ptr - helper.write_base);
  if (length > 0 && __file_put(f, (char *)helper.write_base, length) != length) result = -1;
  if (helper.flags & F_ERROR) f->flags |= F_ERROR;
  return result;
}

int vfprintf(FILE *f, const char *format, va_list ap) {
  int result;
  if (f->flags & F_NO_WRITES) {
    f->flags |= F_ERROR;
    errno = EBADF;
    return -1;
  }
  FLOCK(f);
  if (f->flags & F_UNBUFFERED) result = unbuffered(f, format, ap);
  else {
    struct to_file to = { { put, 0 }, f };
    result = __format(&to.sink, format, ap);
  }
  FUNLOCK(f);
  return result;
}
