#define _GNU_SOURCE
#include <errno.h>
#include <libc/stdio.h>

int feof(FILE *f) { return (f->flags & F_EOF) != 0; }
int ferror(FILE *f) { return (f->flags & F_ERROR) != 0; }
int feof_unlocked(FILE *f) { return feof(f); }
int ferror_unlocked(FILE *f) { return ferror(f); }
void clearerr(FILE *f) { f->flags &= ~(F_EOF | F_ERROR); }
void clearerr_unlocked(FILE *f) { clearerr(f); }
int fileno(FILE *f) {
  if (!f->cookie && f->fd >= 0) return f->fd;
  errno = EBADF;
  return -1;
}
int fileno_unlocked(FILE *f) { return fileno(f); }
