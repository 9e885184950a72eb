// Patterns, words, paths, directories, addresses.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <ftw.h>
#include <glob.h>
#include <libgen.h>
#include <regex.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <wordexp.h>

static char root[] = "/tmp/nslab-names-XXXXXX";

static void patterns(void) {
  static const char *p[] = { "*", "?", "a*", "*.c", "[a-c]x", "[!a]x", "[]x]", "a\\*", "*/b", "a/*", ".*", "[[:digit:]]*", "[", "[a", "a**b", "", "*a*b*", "\\", "[a-]" };
  static const char *t[] = { "", "a", "ax", "bx", "x", "]", "a*", "a/b", ".x", "1z", "[", "aXXb", "main.c", "[a", "a\\", "-" };
  for (unsigned i = 0; i < sizeof p / sizeof *p; i++) {
    for (unsigned k = 0; k < sizeof t / sizeof *t; k++) printf("%d%d%d%d ", fnmatch(p[i], t[k], 0), fnmatch(p[i], t[k], FNM_PATHNAME), fnmatch(p[i], t[k], FNM_PERIOD), fnmatch(p[i], t[k], FNM_NOESCAPE | FNM_CASEFOLD));
    printf("%s\n", p[i]);
  }
}
static void globs(void) {
  static const struct { const char *pattern; int flags; } g[] = {
    { "*", 0 }, { "*.c", 0 }, { "d*/*", 0 }, { "nothing*", 0 }, { "nothing*", GLOB_NOCHECK }, { "*", GLOB_MARK }, { "{a,b}*", GLOB_BRACE }, { "d/../a.c", 0 }, { "*/", 0 }, { ".*", 0 }, { "[ab].c", 0 }, { "*", GLOB_ONLYDIR | GLOB_MARK }, { "no", GLOB_NOMAGIC }, { "\\*", 0 }, { "d/{x,y,z{1,2}}", GLOB_BRACE | GLOB_NOCHECK },
  };
  for (unsigned i = 0; i < sizeof g / sizeof *g; i++) {
    glob_t found;
    int result = glob(g[i].pattern, g[i].flags, 0, &found);
    printf("%s %d:", g[i].pattern, result);
    if (!result) for (size_t k = 0; k < found.gl_pathc; k++) printf(" %s", found.gl_pathv[k]);
    printf("\n");
    if (!result) globfree(&found);
  }
}
static void words(void) {
  static const char *w[] = { "a b  c", "'a b' \"c d\"", "$HOME/x ~/y", "*.c", "'*.c'", "${HOME} ${UNSET:-default} ${HOME:+set}", "\"$HOME x\"", "$(echo one two) end", "\"$(echo one two)\"", "a\\ b", "a|b", "'open", "\"a\\\"b\"", "", "x$UNSET", "`echo back`", "$", "${", "a;b" };
  for (unsigned i = 0; i < sizeof w / sizeof *w; i++) {
    wordexp_t e;
    int result = wordexp(w[i], &e, 0);
    printf("[%s] %d:", w[i], result);
    if (!result) for (size_t k = 0; k < e.we_wordc; k++) printf(" <%s>", e.we_wordv[k]);
    printf("\n");
    if (!result) wordfree(&e);
  }
}
static int visit(const char *path, const struct stat *st, int type, struct FTW *where) {
  static int sum;
  sum += type + where->level;
  return path[0] == '\0' || st == 0;
}
static int only_c(const struct dirent *d) { return strstr(d->d_name, ".c") != 0; }
static void directories(void) {
  struct dirent **list;
  int n = scandir(".", &list, 0, alphasort);
  for (int i = 0; i < n; i++) printf("%s %d, ", list[i]->d_name, list[i]->d_type);
  n = scandir(".", &list, only_c, versionsort);
  for (int i = 0; i < n; i++) printf("%s ", list[i]->d_name);
  errno = 0;
  printf("\n%d ", scandir("nothing", &list, 0, 0));
  printf("%d ", errno);
  printf("%d\n", nftw(".", visit, 10, FTW_PHYS));
  DIR *d = opendir("a.c");
  printf("%d %d\n", d == 0, errno);
  static const char *paths[] = { ".", "d", "d/..", "link", "link/x", "./d/./x/../x", "nothing", "nothing/x", "a.c/", "", "loop", "/", "/..", "//tmp/" };
  for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++) {
    errno = 0;
    char *real = realpath(paths[i], 0);
    printf("%s -> %s %d\n", paths[i], real ? real + (strncmp(real, root, strlen(root)) ? 0 : strlen(root)) : "null", real ? 0 : errno);
    free(real);
  }
}
static void addresses(void) {
  static const char *a[] = { "127.0.0.1", "1.2.3", "1.2", "1", "0x7f.1", "010.1.1.1", "256.1.1.1", "1.2.3.4.5", "", "1.2.3.4 x", "01.2.3.4", "::", "::1", "1::", "fe80::1:2", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "::ffff:1.2.3.4", "1::2::3", "12345::", ":1", "::1.2.3.4", "1:0:0:2:0:0:0:3", "g::" };
  for (unsigned i = 0; i < sizeof a / sizeof *a; i++) {
    struct in_addr four = { 0 };
    unsigned char bytes[16];
    char text[64];
    printf("%s: %d ", a[i], inet_aton(a[i], &four));
    printf("%s %x ", inet_ntoa(four), inet_addr(a[i]));
    for (int family = AF_INET; family <= AF_INET6; family += AF_INET6 - AF_INET) {
      int ok = inet_pton(family, a[i], bytes);
      printf("%d %s ", ok, ok == 1 ? inet_ntop(family, bytes, text, sizeof text) : "-");
    }
    printf("\n");
  }
  printf("%x %x\n", htonl(0x01020304), htons(0x0102));
}
static void regular(void) {
  static const struct { const char *pattern; int flags; } r[] = {
    { "a*b", 0 }, { "^a.c$", 0 }, { "\\(a\\)\\1", 0 }, { "(a|b)+c", REG_EXTENDED }, { "[0-9]{2,3}", REG_EXTENDED }, { "ABC", REG_ICASE }, { "^b", REG_NEWLINE }, { "(", REG_EXTENDED }, { "[z-a]", 0 }, { "\\", 0 }, { "[[:alpha:]]+", REG_EXTENDED }, { "(x)?(y)?", REG_EXTENDED }, { "a{2", REG_EXTENDED }, { "*a", REG_EXTENDED }, { "a**", 0 }, { "x{}", REG_EXTENDED }, { "a{1}{2}", REG_EXTENDED }, { "^*a", REG_EXTENDED }, { "a{99999}", REG_EXTENDED },
  };
  static const char *t[] = { "", "aab", "abc", "aa", "ababc", "x1234", "xAbCx", "a\nb", "xy", "y" };
  for (unsigned i = 0; i < sizeof r / sizeof *r; i++) {
    regex_t compiled;
    char message[100];
    int error = regcomp(&compiled, r[i].pattern, r[i].flags);
    regerror(error, &compiled, message, sizeof message);
    printf("%s: %d %s", r[i].pattern, error, message);
    for (unsigned k = 0; k < sizeof t / sizeof *t && !error; k++) {
      regmatch_t m[3];
      int found = regexec(&compiled, t[k], 3, m, 0);
      printf(", %d", found);
      if (!found) for (int j = 0; j < 3; j++) printf(" %d-%d", (int)m[j].rm_so, (int)m[j].rm_eo);
    }
    printf("\n");
    if (!error) regfree(&compiled);
  }
}
int main(void) {
  setenv("HOME", "/home/x", 1);
  mkdtemp(root);
  chdir(root);
  mkdir("d", 0755);
  for (const char **f = (const char *[]){ "a.c", "b.c", "c.h", ".hidden", "d/x", "d/y", "file10.c", "file9.c", 0 }; *f; f++) close(open(*f, O_CREAT | O_WRONLY, 0644));
  symlink("d", "link");
  symlink("loop", "loop");
  patterns();
  globs();
  words();
  directories();
  addresses();
  regular();
  chdir("/");
  char command[100];
  sprintf(command, "rm -r %s", root);
  return system(command);
}
