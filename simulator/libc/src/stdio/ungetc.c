#define _GNU_SOURCE
#include <libc/stdio.h>

static int push(FILE *f, int c) {
  if (f->read_ptr > f->read_base && f->read_ptr[-1] == (unsigned char)c) {
    f->read_ptr--;
    return c;
  }
  if (!(f->flags & F_IN_BACKUP)) {
    f->kept_ptr = f->read_ptr;
    f->kept_end = f->read_end;
    f->kept_base = f->read_base;
    f->flags |= F_IN_BACKUP;
    f->read_base = f->back;
    f->read_ptr = f->read_end = f->back + sizeof f->back;
  }
  if (f->read_ptr == f->back) return EOF;
  *--f->read_ptr = (unsigned char)c;
  return c;
}

int ungetc(int c, FILE *f) {
  if (c == EOF) return EOF;
  FLOCK(f);
  if (!f->buf_base) {
    __file_buffer(f);
    f->read_base = f->read_ptr = f->read_end = f->buf_base;
  }
  int result = push(f, (unsigned char)c);
  if (result != EOF) f->flags &= ~F_EOF;
  FUNLOCK(f);
  return result;
}
