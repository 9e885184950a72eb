// Files through streams: modes, positions, what is pushed back, memory as a file, lines.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[] = "/tmp/nslab-streams-XXXXXX";

static void contents(void) {
  char text[200];
  int fd = open(path, O_RDONLY);
  ssize_t n = read(fd, text, sizeof text);
  close(fd);
  printf("[%.*s]\n", (int)(n > 0 ? n : 0), text);
}
static void modes(void) {
  static const char *all[] = { "r", "w", "a", "r+", "w+", "a+", "wx", "rb", "w+b", "re", "x", "" };
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
    FILE *f = fopen(path, "w");
    fputs("0123456789", f);
    fclose(f);
    errno = 0;
    f = fopen(path, all[i]);
    printf("%s: %s %d ", all[i], f ? "open" : "null", errno);
    if (f) {
      char text[20];
      errno = 0;
      char *got = fgets(text, 5, f);
      printf("read %s %d ", got ? got : "null", errno);
      errno = 0;
      fseek(f, 0, SEEK_CUR);
      int put = fputs("AB", f), error = errno;
      printf("write %d %d at %ld eof %d error %d flags %x ", put, error, ftell(f), feof(f), ferror(f), fcntl(fileno(f), F_GETFD));
      printf("close %d ", fclose(f));
    }
    contents();
  }
}
static void positions(void) {
  FILE *f = fopen(path, "w+");
  for (int i = 0; i < 2000; i++) fprintf(f, "%04d\n", i);
  printf("%ld ", ftell(f));
  fseek(f, 50, SEEK_SET);
  char text[20];
  printf("%s", fgets(text, sizeof text, f));
  printf("%ld ", ftell(f));
  fseek(f, -10, SEEK_END);
  printf("%s", fgets(text, sizeof text, f));
  fseek(f, -20, SEEK_CUR);
  printf("%s", fgets(text, sizeof text, f));
  printf("%d %d\n", fseek(f, -1, SEEK_SET), errno);
  rewind(f);
  printf("%d %d ", getc(f), ungetc('Z', f));
  printf("%ld %d %d\n", ftell(f), getc(f), getc(f));
  for (int i = 0; i < 8; i++) ungetc('a' + i, f);
  printf("%s", fgets(text, 14, f));
  printf("%d\n", ungetc(EOF, f));
  fpos_t pos;
  fgetpos(f, &pos);
  fread(text, 1, 10, f);
  fsetpos(f, &pos);
  printf("%c", getc(f));
  printf(" %zu %zu\n", fread(text, 3, 4, f), fread(text, 1, 0, f));
  fseek(f, 0, SEEK_END);
  printf("%d %d ", getc(f), feof(f));
  printf("%d %d ", ungetc('q', f), feof(f));
  printf("%c %d %d\n", getc(f), getc(f), feof(f));
  clearerr(f);
  printf("%d\n", feof(f));
  fclose(f);
}
static void lines(void) {
  FILE *f = fopen(path, "w");
  fputs("short\n", f);
  for (int i = 0; i < 300; i++) fputc('l', f);
  fputs("\n\nlast;without end", f);
  fclose(f);
  f = fopen(path, "r");
  char *line = 0;
  size_t size = 0;
  for (ssize_t n; (n = getline(&line, &size, f)) >= 0;) printf("%zd %zu %.10s\n", n, size, line);
  printf("%d %d\n", feof(f), ferror(f));
  rewind(f);
  while (getdelim(&line, &size, ';', f) > 0) printf("%zu\n", strlen(line));
  free(line);
  fclose(f);
}
static void memory(void) {
  char buffer[20] = "hello\nworld", *made = 0;
  size_t size = 0;
  FILE *f = fmemopen(buffer, 11, "r");
  char text[20];
  printf("%s", fgets(text, sizeof text, f));
  printf("%s %d\n", fgets(text, sizeof text, f), feof(f));
  fclose(f);
  f = fmemopen(buffer, sizeof buffer, "w");
  printf("%d ", fprintf(f, "%d-%s", 42, "abc"));
  fclose(f);
  printf("%s\n", buffer);
  f = fmemopen(buffer, sizeof buffer, "a+");
  fputs("more", f);
  fflush(f);
  printf("%s\n", buffer);
  fclose(f);
  f = open_memstream(&made, &size);
  fprintf(f, "one %d", 1);
  fflush(f);
  printf("%s %zu\n", made, size);
  for (int i = 0; i < 100; i++) fprintf(f, ",%d", i);
  fclose(f);
  printf("%s %zu\n", made, size);
  free(made);
}
static void shared_position(void) {
  FILE *f = fopen(path, "w+");
  fputs("line 1\nline 2\nline 3\n", f);
  fflush(f);
  rewind(f);
  dup2(fileno(f), 0);
  char text[20];
  printf("%s", fgets(text, sizeof text, stdin));
  fflush(stdout);
  if (fork() == 0) exit(0);
  wait(0);
  printf("%ld\n", (long)lseek(0, 0, SEEK_CUR));
  printf("%s", fgets(text, sizeof text, stdin));
  fclose(f);
}
static void others(void) {
  FILE *f = tmpfile();
  fputs("temporary", f);
  rewind(f);
  char text[20] = "";
  printf("%s\n", fgets(text, sizeof text, f));
  fclose(f);
  f = fopen(path, "w");
  fputs("x", f);
  printf("%zu %zu %d %d %d %d\n", __fbufsize(f), __fpending(f), !!__fwriting(f), !!__freadable(f), !!__fwritable(f), !!__flbf(f));
  f = freopen(path, "r", f);
  printf("%d %d\n", getc(f), getc(f));
  fclose(f);
  printf("%d %d\n", fileno(stdin), fopen("/nonexistent/x", "r") == 0);
  printf("%d %d\n", remove("/nonexistent"), errno);
  f = fdopen(open(path, O_RDONLY), "w");
  printf("%d %d\n", f == 0, errno);
  f = fdopen(99, "r");
  printf("%d %d\n", f == 0, errno);
  f = fopen("/dev/full", "w");
  fputs("no room", f);
  printf("%d %d\n", fflush(f), errno);
  printf("%d\n", ferror(f));
  fclose(f);
}
int main(void) {
  close(mkstemp(path));
  modes();
  positions();
  lines();
  memory();
  shared_position();
  others();
  unlink(path);
  return 0;
}
