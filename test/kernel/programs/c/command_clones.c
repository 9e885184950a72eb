/* run: {"args": ["/etc/passwd", "/nope", "-"], "stdin": "x y\nz\n"} */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <fcntl.h>
#include <errno.h>
#include <error.h>
#include <ctype.h>
#include <sys/stat.h>
#include <sys/sendfile.h>
#include <time.h>
#include <pwd.h>
#include <grp.h>
static void wc(const char *n, FILE *f) { long l = 0, w = 0, c = 0; int ch, in = 0; while ((ch = getc(f)) != EOF) { c++; if (ch == '\n') l++; if (isspace(ch)) in = 0; else if (!in) { in = 1; w++; } } printf("%7ld %7ld %7ld %s\n", l, w, c, n); }
static void mode(mode_t m) { char s[11] = "----------"; if (S_ISDIR(m)) s[0] = 'd'; for (int i = 0; i < 9; i++) if (m & (1 << (8 - i))) s[i + 1] = "rwxrwxrwx"[i]; printf("%s ", s); }
int main(int argc, char **argv) {
  for (int i = 1; i < argc; i++) { if (!strcmp(argv[i], "-")) { wc("-", stdin); continue; } FILE *f = fopen(argv[i], "r"); if (!f) { error(0, errno, "cannot open '%s'", argv[i]); continue; } wc(argv[i], f); fclose(f); struct stat st; stat(argv[i], &st); mode(st.st_mode); struct passwd *p = getpwuid(st.st_uid); struct group *g = getgrgid(st.st_gid); printf("%s %s %ld\n", p ? p->pw_name : "?", g ? g->gr_name : "?", (long)st.st_size); }
  int in = open("/etc/passwd", O_RDONLY), out = open("/tmp/copy", O_WRONLY | O_CREAT | O_EXCL, 0640); struct stat st; fstat(in, &st); printf("sendfile %d\n", sendfile(out, in, NULL, st.st_size) == st.st_size); close(out); if (open("/tmp/copy", O_CREAT | O_EXCL | O_WRONLY, 0600) < 0) perror("excl"); truncate("/tmp/copy", 10); stat("/tmp/copy", &st); printf("%ld %d\n", (long)st.st_size, st.st_mode & 0777); struct flock fl = { F_WRLCK, SEEK_SET, 0, 0 }; out = open("/tmp/copy", O_RDWR); printf("lock %d\n", fcntl(out, F_SETLK, &fl)); if (fork() == 0) { if (fcntl(out, F_SETLK, &fl) < 0) perror("child lock"); fcntl(out, F_GETLK, &fl); printf("held by parent: %d\n", fl.l_pid == getppid()); fflush(stdout); _exit(0); } wait(0); printf("flags %x\n", fcntl(out, F_GETFL) & 3); int d = fcntl(out, F_DUPFD, 50); printf("%d %d\n", d, fcntl(d, F_GETFD)); error_at_line(7, 0, "x.c", 3, "fatal %d", 1); return 0;
}
