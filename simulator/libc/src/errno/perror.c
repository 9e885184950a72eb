#define _GNU_SOURCE
#include <errno.h>
#include <libc/stdio.h>
#include <string.h>
#include <unistd.h>

static void write_to(FILE *f, const char *text, int error) {
  const char *colon = text && *text ? ": " : "";
  fprintf(f, "%s%s%s\n", text ? text : "", colon, strerror(error));
}

/* stderr that was not used yet stays as it is: the message goes through a stream of its own, where one can be had. */
void perror(const char *text) {
  int error = errno, fd = -1;
  FILE *f = 0;
  if (!(stderr->flags & F_USED)) {
    fd = dup(stderr->fd);
    if (fd >= 0) f = fdopen(fd, "w+");
    if (!f && fd >= 0) close(fd);
  }
  write_to(f ? f : stderr, text, error);
  if (f && ferror(f)) stderr->flags |= F_ERROR;
  if (f) fclose(f);
}
