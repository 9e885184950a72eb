// Which writes a stream makes: standard output is a socket that keeps them apart.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void pieces(void) {
  printf("one ");
  printf("two\nthree %d\n", 3);
  puts("a line");
  putchar('x');
  fputs("y\nz", stdout);
  fwrite("raw\n\n", 1, 5, stdout);
  printf("%5000d\n", 7);
  char big[9000];
  memset(big, 'b', sizeof big);
  fwrite(big, 1, sizeof big, stdout);
  fputs("end", stdout);
}
static void full(void) { pieces(); }
static void line(void) {
  setvbuf(stdout, 0, _IOLBF, 0);
  pieces();
}
static void line_own(void) {
  static char own[64];
  setvbuf(stdout, own, _IOLBF, sizeof own);
  pieces();
}
static void small(void) {
  static char own[100];
  setvbuf(stdout, own, _IOFBF, sizeof own);
  pieces();
}
static void none(void) {
  setbuf(stdout, 0);
  pieces();
}
static void errors(void) {
  dup2(1, 2);
  fprintf(stderr, "one %d two %s three\n", 1, "2");
  perror("what");
  fputs("text", stderr);
  putc('c', stderr);
  fprintf(stderr, "%20000d", 1);
}
static void doubled(void) {
  printf("before ");
  if (fork() == 0) {
    printf("child ");
    exit(0);
  }
  wait(0);
  printf("parent");
}
static void lost(void) {
  printf("lost");
  _exit(0);
}
static void lost_by_exec(void) {
  printf("lost");
  execl("/bin/echo", "echo", "from echo", (char *)0);
}
static void flushed(void) {
  printf("a");
  fflush(stdout);
  printf("b");
  fflush(0);
  FILE *f = fdopen(dup(1), "w");
  fprintf(f, "other");
  printf("c");
  fclose(f);
  printf("d");
}
static void with_system(void) {
  printf("early ");
  fflush(stdout);
  printf("late ");
  printf("%d", system("echo from sh; exit 3") >> 8);
}
static void with_popen(void) {
  FILE *f = popen("cat; echo end", "w");
  fprintf(f, "to cat\n");
  printf("%d", pclose(f));
  char text[50] = "";
  f = popen("echo out; exit 5", "r");
  fgets(text, sizeof text, f);
  printf("%s", text);
  printf("%d", pclose(f) >> 8);
}
static void at_exit(void) { printf("at exit "); }
static void handlers(void) {
  atexit(at_exit);
  printf("main ");
}
static void aborted(void) {
  printf("lost");
  abort();
}
static void closed(void) {
  printf("kept");
  fclose(stdout);
  printf("nothing");
}
static void descriptors(void) {
  printf("buffered ");
  dprintf(1, "direct %s\n", "now");
  write(1, "raw", 3);
}

static void run(const char *name, void (*function)(void)) {
  int fds[2], status;
  char text[40000];
  fflush(stdout);
  socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fds);
  pid_t pid = fork();
  if (pid == 0) {
    dup2(fds[1], 1);
    close(fds[0]);
    close(fds[1]);
    function();
    exit(0);
  }
  close(fds[1]);
  printf("== %s\n", name);
  for (ssize_t n; (n = read(fds[0], text, sizeof text)) > 0;) {
    printf("%zd ", n);
    int squeeze = 0;
    for (ssize_t i = 0; i < n; i++) {
      squeeze = i > 0 && text[i] == text[i - 1] ? squeeze + 1 : 0;
      if (squeeze == 5) printf("...");
      if (squeeze < 5) printf(text[i] == '\n' ? "\\n" : "%c", text[i]);
    }
    printf("\n");
  }
  close(fds[0]);
  waitpid(pid, &status, 0);
  printf("status %x\n", status);
}

int main(void) {
  run("full", full);
  run("line", line);
  run("line_own", line_own);
  run("small", small);
  run("none", none);
  run("errors", errors);
  run("doubled", doubled);
  run("lost", lost);
  run("lost_by_exec", lost_by_exec);
  run("flushed", flushed);
  run("with_system", with_system);
  run("with_popen", with_popen);
  run("handlers", handlers);
  run("closed", closed);
  run("descriptors", descriptors);
  run("aborted", aborted);
  return 0;
}
