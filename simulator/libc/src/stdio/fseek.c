#define _GNU_SOURCE
#include <errno.h>
#include <libc/stdio.h>

static off_t position(FILE *f) {
  off_t at = __file_seek(f, 0, (f->flags & F_APPENDING) && f->write_ptr > f->write_base ? SEEK_END : SEEK_CUR);
  if (at < 0) return at;
  if (f->write_ptr > f->write_base) return at + (f->write_ptr - f->write_base) - ((f->flags & F_APPENDING) ? 0 : f->read_end - f->write_base);
  if (f->flags & F_IN_BACKUP) return at - (f->kept_end - f->kept_ptr) - (f->read_end - f->read_ptr);
  return at - (f->read_end - f->read_ptr);
}

static int move(FILE *f, off_t offset, int whence) {
  if (whence != SEEK_SET && whence != SEEK_CUR && whence != SEEK_END) {
    errno = EINVAL;
    return -1;
  }
  if (whence == SEEK_CUR) {
    off_t at = position(f);
    if (at < 0) return -1;
    offset += at;
    whence = SEEK_SET;
    if (offset < 0) {
      errno = EINVAL;
      return -1;
    }
  }
  if (f->write_ptr > f->write_base && __file_overflow(f, EOF) == EOF) return -1;
  if (__file_seek(f, offset, whence) < 0) return -1;
  f->flags &= ~(F_EOF | F_IN_BACKUP | F_PUTTING);
  f->read_base = f->read_ptr = f->read_end = f->buf_base;
  f->write_base = f->write_ptr = f->write_end = f->buf_base;
  return 0;
}

int fseeko(FILE *f, off_t offset, int whence) {
  FLOCK(f);
  int result = move(f, offset, whence);
  FUNLOCK(f);
  return result;
}
int fseek(FILE *f, long offset, int whence) { return fseeko(f, offset, whence); }
off_t ftello(FILE *f) { return position(f); }
long ftell(FILE *f) { return position(f); }
void rewind(FILE *f) {
  fseeko(f, 0, SEEK_SET);
  f->flags &= ~F_ERROR;
}
int fgetpos(FILE *f, fpos_t *to) {
  to->__pos = position(f);
  return to->__pos < 0 ? -1 : 0;
}
int fsetpos(FILE *f, const fpos_t *to) { return fseeko(f, to->__pos, SEEK_SET); }
