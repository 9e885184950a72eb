#define _GNU_SOURCE
#include <libc/start.h>
#include <libc/stdio.h>

/* At the end of the program: all that waits is written, and input that was read ahead is given back to whoever reads the file next. */
void __file_exit(void) {
  for (FILE *f = __all_files; f; f = f->next) if (f->write_ptr > f->write_base) __file_overflow(f, EOF);
  for (FILE *f = __all_files; f; f = f->next) {
    if ((f->flags & F_UNBUFFERED) || !(f->flags & F_USED)) continue;
    __file_sync(f);
    f->flags |= F_UNBUFFERED;
    f->buf_base = f->shortbuf;
    f->buf_end = f->shortbuf + 1;
    f->read_base = f->read_ptr = f->read_end = f->write_base = f->write_ptr = f->write_end = f->buf_base;
  }
}
