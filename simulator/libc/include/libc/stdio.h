#ifndef _LIBC_STDIO_H
#define _LIBC_STDIO_H
/* A stream. The pointers have the meaning they have in every BSD- or GNU-like stdio; `write_end` is `buf_base` while the stream is line- or unbuffered, so that each character asks. */
#include <stdio.h>
#include <libc/thread.h>
enum {
  F_UNBUFFERED = 1, F_LINE_BUFFERED = 2, F_NO_READS = 4, F_NO_WRITES = 8, F_EOF = 16, F_ERROR = 32, F_PUTTING = 64,
  F_APPENDING = 128, F_USER_BUFFER = 256, F_IN_BACKUP = 512, F_STATIC = 1024, F_USED = 2048, F_DELETE = 4096
};
struct _IO_FILE {
  int flags, fd;
  unsigned char *read_ptr, *read_end, *read_base, *write_base, *write_ptr, *write_end, *buf_base, *buf_end;
  unsigned char *kept_ptr, *kept_end, *kept_base;   /* the read pointers while what was pushed back is read */
  unsigned char shortbuf[1], back[16];
  struct _IO_FILE *next;
  void *cookie;                                     /* set: the functions below are called, not the kernel */
  cookie_read_function_t *read;
  cookie_write_function_t *write;
  cookie_seek_function_t *seek;
  cookie_close_function_t *close;
  pid_t child;                                      /* of popen */
  int lock, owner, depth;
};
extern FILE *__all_files;
extern int __all_files_lock;
extern void (*__file_lock)(FILE *), (*__file_unlock)(FILE *);
#define FLOCK(f) do { if (__file_lock) __file_lock(f); } while (0)
#define FUNLOCK(f) do { if (__file_lock) __file_unlock(f); } while (0)
void __file_buffer(FILE *f);
int __file_overflow(FILE *f, int c);                /* c EOF: write all out */
int __file_underflow(FILE *f);                      /* the next character, not taken; or EOF */
int __file_take(FILE *f);                           /* the next character, taken */
size_t __file_put(FILE *f, const char *data, size_t length);
size_t __file_get(FILE *f, char *data, size_t length);
int __file_write_out(FILE *f, const unsigned char *data, size_t length);
size_t __file_send(FILE *f, const unsigned char *data, size_t length);
int __file_sync(FILE *f);
int __file_close(FILE *f);
off_t __file_seek(FILE *f, off_t offset, int whence);
int __file_mode(const char *mode, int *flags);      /* open(2)'s flags, or -1 */
FILE *__file_new(int flags, int fd);
void __file_link(FILE *f);
void __file_unlink(FILE *f);
void __file_end_backup(FILE *f);
#define PUTC(c, f) ((f)->write_ptr < (f)->write_end ? (*(f)->write_ptr++ = (unsigned char)(c)) : __file_overflow(f, (unsigned char)(c)))
#define GETC(f) ((f)->read_ptr < (f)->read_end ? *(f)->read_ptr++ : __file_take(f))
#endif
