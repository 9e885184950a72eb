#define _GNU_SOURCE
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>
char *getpass(const char *prompt) {
  static char *line;
  static size_t size;
  struct termios old, quiet;
  FILE *tty = fopen("/dev/tty", "w+ce"), *in = tty ? tty : stdin, *out = tty ? tty : stderr;
  int changed = tcgetattr(fileno(in), &old) == 0;
  if (changed) {
    quiet = old;
    quiet.c_lflag &= ~(unsigned)(ECHO | ISIG);
    changed = tcsetattr(fileno(in), TCSAFLUSH, &quiet) == 0;
  }
  fputs(prompt, out);
  fflush(out);
  ssize_t length = getline(&line, &size, in);
  if (length > 0 && line[length - 1] == '\n') {
    line[length - 1] = '\0';
    if (changed) fputc('\n', out);
  }
  if (changed) tcsetattr(fileno(in), TCSAFLUSH, &old);
  if (tty) fclose(tty);
  return length < 0 ? 0 : line;
}
