#define _GNU_SOURCE
#include <errno.h>
#include <libc/start.h>
#include <libc/stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

void __file_exit(void);

static size_t choose(FILE *f) {
  struct stat st;
  int error = errno;
  size_t size = BUFSIZ;
  if (f->fd >= 0 && fstat(f->fd, &st) >= 0) {
    /* 136 to 143: terminals of /dev/pts, no need to ask */
    if (S_ISCHR(st.st_mode) && ((major(st.st_rdev) >= 136 && major(st.st_rdev) <= 143) || isatty(f->fd))) f->flags |= F_LINE_BUFFERED;
    if (st.st_blksize > 0 && st.st_blksize < BUFSIZ) size = (size_t)st.st_blksize;
  }
  errno = error;
  return size;
}

/* The stream is used for the first time: it gets its buffer, and the way of buffering by what the file is. */
void __file_buffer(FILE *f) {
  f->flags |= F_USED;
  __stdio_exit_hook = __file_exit;
  if (f->buf_base) return;
  if (!(f->flags & F_UNBUFFERED)) {
    size_t size = choose(f);
    f->buf_base = malloc(size);
    if (f->buf_base) {
      f->buf_end = f->buf_base + size;
      return;
    }
  }
  f->buf_base = f->shortbuf;
  f->buf_end = f->shortbuf + 1;
  f->flags |= F_USER_BUFFER;
}
