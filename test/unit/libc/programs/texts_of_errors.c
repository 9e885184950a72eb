// Texts and names of all errors and signals, and messages that use them.
#define _GNU_SOURCE
#include <err.h>
#include <errno.h>
#include <error.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void) {
  char buffer[100];
  for (int i = -2; i < 140; i++) {
    printf("%d %s", i, strerror(i));
    const char *name = strerrorname_np(i);
    printf(" %s %s", name ? name : "-", strerror_r(i, buffer, sizeof buffer));
    const char *description = strerrordesc_np(i);
    printf(" %s\n", description ? description : "-");
  }
  for (int i = -1; i < 70; i++) {
    const char *a = sigabbrev_np(i), *d = sigdescr_np(i);
    printf("%d %s %s %s\n", i, strsignal(i), a ? a : "-", d ? d : "-");
    psignal(i, "text");
  }
  psignal(SIGINT, 0);
  psignal(SIGINT, "");
  fflush(stdout);
  errno = ENOENT;
  warn("cannot open %s", "file");
  errno = EPERM;
  warn(0);
  warnx("only %d", 5);
  error(0, ENOMEM, "message %d", 1);
  error(0, 0, "message %d", 2);
  error_at_line(0, EACCES, "file.c", 12, "at");
  fprintf(stderr, "%u\n", error_message_count);
  errno = EINVAL;
  perror("perror");
  errno = EINVAL;
  perror("");
  errno = EINVAL;
  perror(0);
  errno = 0;
  perror("zero");
  errno = EROFS;
  err(3, "last %s", "one");
}
