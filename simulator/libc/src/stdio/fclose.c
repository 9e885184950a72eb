#define _GNU_SOURCE
#include <libc/stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Writes what waits, gives back what was read ahead, closes; the stream itself stays. */
int __file_close(FILE *f) {
  int result = 0;
  if (f->write_ptr > f->write_base) result = __file_overflow(f, EOF);
  else if (f->buf_base) result = __file_sync(f);
  if (f->cookie) result |= f->close ? f->close(f->cookie) : 0;
  else if (f->fd >= 0) result |= close(f->fd);
  if (f->buf_base && !(f->flags & F_USER_BUFFER)) free(f->buf_base);
  f->buf_base = f->buf_end = f->read_base = f->read_ptr = f->read_end = f->write_base = f->write_ptr = f->write_end = 0;
  f->flags &= F_STATIC;
  f->fd = -1;
  f->cookie = 0;
  return result < 0 ? EOF : 0;
}

int fclose(FILE *f) {
  FLOCK(f);
  int result = __file_close(f);
  f->flags |= F_NO_READS | F_NO_WRITES;
  FUNLOCK(f);
  __file_unlink(f);
  if (!(f->flags & F_STATIC)) free(f);
  return result;
}
int fcloseall(void) {
  for (FILE *f = __all_files; f; f = f->next) __file_sync(f);
  return 0;
}
