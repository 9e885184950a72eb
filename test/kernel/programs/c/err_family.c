/* run: {"args": ["err"]} */
/* run: {"args": ["errx"]} */
/* run: {"args": ["errno"]} */
#include <err.h>
#include <errno.h>
#include <error.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern char *program_invocation_name, *program_invocation_short_name;
static void fatal(const char *fmt, ...) __attribute__((noreturn, format(printf, 1, 2)));
static void fatal(const char *fmt, ...)
{
    va_list ap;
    int saved = errno;
    fflush(stdout);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    va_start(ap, fmt); vfprintf(stderr, fmt, ap); va_end(ap);
    fprintf(stderr, " [%s]\n", strerror(saved));
    exit(3);
}
static void vmsg(char *out, size_t n, const char *fmt, ...) { va_list ap; va_start(ap, fmt); vsnprintf(out, n, fmt, ap); va_end(ap); }
int main(int argc, char **argv)
{
    char b[12];
    vmsg(b, sizeof b, "%s-%04d-overflow", "x", 7); puts(b);
    errno = EACCES; warn("warn %d", 1); warnx("warnx");
    errno = EPERM; perror("perror"); errno = 0; perror(NULL); perror("");
    error(0, ENOENT, "error %s", "zero");
    printf("%s\n", program_invocation_name);
    errno = EINVAL;
    if (!strcmp(argv[1], "err")) err(4, "giving up on %s", argv[1]);
    if (!strcmp(argv[1], "errx")) errx(5, "plain");
    fatal("bad %s %d", argv[1], 12);
}
