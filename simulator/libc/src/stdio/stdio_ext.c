#define _GNU_SOURCE
#include <libc/stdio.h>
#include <stdio_ext.h>

size_t __fbufsize(FILE *f) { return (size_t)(f->buf_end - f->buf_base); }
size_t __fpending(FILE *f) { return (size_t)(f->write_ptr - f->write_base); }
int __flbf(FILE *f) { return (f->flags & F_LINE_BUFFERED) != 0; }
int __freadable(FILE *f) { return !(f->flags & F_NO_READS); }
int __fwritable(FILE *f) { return !(f->flags & F_NO_WRITES); }
int __freading(FILE *f) { return (f->flags & F_NO_WRITES) || (!(f->flags & F_PUTTING) && f->read_base != 0); }
int __fwriting(FILE *f) { return (f->flags & (F_NO_READS | F_PUTTING)) != 0; }
void __fpurge(FILE *f) {
  if (f->flags & F_IN_BACKUP) __file_end_backup(f);
  f->read_end = f->read_ptr;
  f->write_ptr = f->write_base;
}
void _flushlbf(void) {
  for (FILE *f = __all_files; f; f = f->next) if ((f->flags & F_LINE_BUFFERED) && f->write_ptr > f->write_base) __file_overflow(f, EOF);
}
int __fsetlocking(FILE *f, int type) {
  (void)f, (void)type;
  return FSETLOCKING_INTERNAL;
}
