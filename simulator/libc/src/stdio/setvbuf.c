#define _GNU_SOURCE
#include <errno.h>
#include <libc/stdio.h>
#include <stdlib.h>

/* It stays as it was, at reading or at writing; only the buffer is another. */
static void use(FILE *f, char *buffer, size_t size) {
  if (f->buf_base && !(f->flags & F_USER_BUFFER)) free(f->buf_base);
  f->flags |= F_USER_BUFFER;
  f->buf_base = (unsigned char *)buffer;
  f->buf_end = f->buf_base + size;
  f->read_base = f->read_ptr = f->read_end = f->write_base = f->write_ptr = f->write_end = f->buf_base;
  __file_buffer(f);
}

int setvbuf(FILE *f, char *buffer, int mode, size_t size) {
  int result = 0;
  if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF) return EOF;
  FLOCK(f);
  if (mode == _IOFBF && !buffer) {
    /* as glibc: the buffer is made now, and then the file decides nothing */
    if (!f->buf_base) {
      __file_buffer(f);
      f->read_base = f->read_ptr = f->read_end = f->buf_base;
    }
    f->flags &= ~(F_LINE_BUFFERED | F_UNBUFFERED);
  } else if (mode == _IOLBF) {
    f->flags = (f->flags & ~F_UNBUFFERED) | F_LINE_BUFFERED;
    if (buffer && __file_sync(f) != EOF) use(f, buffer, size);
  } else {
    result = f->buf_base ? __file_sync(f) : 0;
    f->flags &= ~(F_LINE_BUFFERED | F_UNBUFFERED);
    if (mode == _IONBF) {
      f->flags |= F_UNBUFFERED;
      use(f, (char *)f->shortbuf, 1);
    } else use(f, buffer, size);
  }
  FUNLOCK(f);
  return result;
}
void setbuffer(FILE *f, char *buffer, size_t size) { setvbuf(f, buffer, buffer ? _IOFBF : _IONBF, size); }
void setbuf(FILE *f, char *buffer) { setbuffer(f, buffer, BUFSIZ); }
void setlinebuf(FILE *f) { setvbuf(f, 0, _IOLBF, 0); }
