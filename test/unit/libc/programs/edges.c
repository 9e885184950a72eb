// Strings that end where memory ends: nothing behind is touched; what is touched behind is a fault.
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

static sigjmp_buf env;
static void on_fault(int signo) { siglongjmp(env, signo); }
static char *end;
static char *at_end(const char *text) { return memcpy(end - strlen(text) - 1, text, strlen(text) + 1); }

#define TRY(what) do { \
  int signo = sigsetjmp(env, 1); \
  if (signo) printf("%s signal %d\n", #what, signo); \
  else printf("%s %ld\n", #what, (long)(what)); \
} while (0)

static void inside(void) {
  char to[100];
  char *p = at_end("hello, edge");
  printf("%zu %zu %d %d\n", strlen(p), strnlen(p, 100), strcmp(p, "hello, edge"), strncmp(p, "hello, edge", 50));
  printf("%d %d\n", strcasecmp(p, "HELLO, EDGE") == 0, strncmp("hello, edge and more", p, 50) > 0);
  printf("%s %s %s\n", strchr(p, 'o'), strrchr(p, 'e'), strstr(p, "edge"));
  printf("%d %zu %zu %s\n", strstr(p, "edge!") == 0, strspn(p, "ehlo"), strcspn(p, "g"), strpbrk(p, "gx"));
  printf("%s %s\n", strcpy(to, p), (char *)memcpy(to + 50, p, 12));
  printf("%d %d\n", memchr(p, 'z', 12) == 0, memcmp(p, "hello, edge", 12));
  printf("%s %d\n", (char *)memchr(p, 'd', 1000), memcmp(p, "hellx", 5) < 0);
  sscanf(p, "%s", to);
  printf("%s %ld %g\n", to, strtol(at_end("123"), 0, 10), strtod(at_end("1.5"), 0));
  printf("%.3s|%.*s\n", at_end("abc"), 2, at_end("xy"));
  memcpy(end - 3, "abc", 3);
  printf("%.3s %zu\n", end - 3, strnlen(end - 3, 3));
}
static void outside(void) {
  char to[100], *volatile p = end - 4;
  memcpy(p, "abcd", 4);
  TRY(strlen(p));
  TRY(strcmp(p, "abcd") != 0);
  TRY(strcmp(p, "abcx") < 0);
  TRY(strncmp(p, "abcdef", 4));
  TRY(memcmp(p, "abcdef", 5) != 0);
  TRY(memchr(p, 'd', 100) != 0);
  TRY(memchr(p, 'x', 100) != 0);
  TRY(strchr(p, 'c') != 0);
  TRY(strchr(p, 'x') != 0);
  TRY(memcpy(to, p, 5) != 0);
  TRY(memset(p, 0, 5) != 0);
  TRY(strcpy(end - 2, "long text") != 0);
  TRY(*(volatile char *)end);
  TRY(*(volatile char *)0);
  TRY(strlen(0));
  TRY(strcpy((char *)"constant", "x") != 0);
  TRY(fputs((char *)16, stdout));
  TRY(memcpy(to, p, 4) != 0);
}
int main(void) {
  struct sigaction action = { 0 };
  end = (char *)mmap(0, 3 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) + 2 * 4096;
  munmap(end, 4096);
  action.sa_handler = on_fault;
  sigaction(SIGSEGV, &action, 0);
  inside();
  outside();
  // over a page's border, at every distance from it
  char *p = end - 4096;
  for (int i = 0; i < 20; i++) {
    char other[64];
    memcpy(p - i, "0123456789abcdefghi", 20);
    printf("%zu %s %d ", strlen(p - i), strchr(p - i, 'f'), strcmp(p - i, "0123456789abcdefghj"));
    memmove(p - i + 3, p - i, 20);
    strcpy(other, p - i);
    printf("%s ", other);
    memmove(p - i, p - i + 3, 20);
    printf("%s\n", p - i);
  }
  return 0;
}
