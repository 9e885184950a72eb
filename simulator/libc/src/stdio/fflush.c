#define _GNU_SOURCE
#include <libc/stdio.h>

static int flush(FILE *f) {
  FLOCK(f);
  int result = __file_sync(f);
  FUNLOCK(f);
  return result;
}

/* Without a stream: all those that have something to write. */
int fflush(FILE *f) {
  if (f) return flush(f);
  int result = 0;
  for (FILE *each = __all_files; each; each = each->next) {
    FLOCK(each);
    if (each->write_ptr > each->write_base && __file_overflow(each, EOF) == EOF) result = EOF;
    FUNLOCK(each);
  }
  return result;
}
int fflush_unlocked(FILE *f) { return f ? __file_sync(f) : fflush(f); }
