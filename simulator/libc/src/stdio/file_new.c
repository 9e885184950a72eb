#define _GNU_SOURCE
#include <libc/stdio.h>
#include <stdlib.h>

void __file_link(FILE *f) {
  LOCK(&__all_files_lock);
  f->next = __all_files;
  __all_files = f;
  UNLOCK(&__all_files_lock);
}

void __file_unlink(FILE *f) {
  LOCK(&__all_files_lock);
  for (FILE **at = &__all_files; *at; at = &(*at)->next) {
    if (*at != f) continue;
    *at = f->next;
    break;
  }
  UNLOCK(&__all_files_lock);
}

FILE *__file_new(int flags, int fd) {
  FILE *f = calloc(1, sizeof *f);
  if (!f) return 0;
  f->flags = flags;
  f->fd = fd;
  __file_link(f);
  return f;
}
