#define _GNU_SOURCE
#include <libc/stdio.h>
#include <errno.h>
#include <unistd.h>

off_t __file_seek(FILE *f, off_t offset, int whence) {
  if (!f->cookie) return lseek(f->fd, offset, whence);
  if (!f->seek) {
    errno = ESPIPE;
    return -1;
  }
  return f->seek(f->cookie, &offset, whence) < 0 ? -1 : offset;
}

/* What waits is written; what was read ahead is given back, where the file can seek. */
int __file_sync(FILE *f) {
  if (f->write_ptr > f->write_base && __file_overflow(f, EOF) == EOF) return EOF;
  if (f->flags & F_IN_BACKUP) __file_end_backup(f);
  if (f->read_ptr != f->read_end) {
    int error = errno;
    if (__file_seek(f, f->read_ptr - f->read_end, SEEK_CUR) >= 0) f->read_end = f->read_ptr;
    else if (errno == ESPIPE) errno = error;
    else return EOF;
  }
  return 0;
}

void __file_end_backup(FILE *f) {
  f->flags &= ~F_IN_BACKUP;
  f->read_ptr = f->kept_ptr;
  f->read_end = f->kept_end;
  f->read_base = f->kept_base;
}
