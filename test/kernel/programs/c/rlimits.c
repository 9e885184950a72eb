#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
static void on(int s) { write(1, "SIGXFSZ\n", 8); }
int main(void)
{
    struct rlimit r;
    getrlimit(RLIMIT_NOFILE, &r); printf("nofile %ld\n", (long)r.rlim_cur);
    getrlimit(RLIMIT_STACK, &r); printf("stack %ld %s\n", (long)r.rlim_cur, r.rlim_max == RLIM_INFINITY ? "unlimited" : "limited");
    r.rlim_cur = 5; r.rlim_max = 10; if (setrlimit(RLIMIT_NOFILE, &r)) perror("setrlimit");
    int fd, n = 0; while ((fd = dup(0)) >= 0) n++; printf("%d more descriptors, then %s\n", n, strerror(errno));
    for (fd = 3; fd < 5; fd++) close(fd);
    r.rlim_cur = 11; if (setrlimit(RLIMIT_NOFILE, &r)) perror("cur above max");
    signal(SIGXFSZ, on);
    r.rlim_cur = r.rlim_max = 10; setrlimit(RLIMIT_FSIZE, &r);
    fd = open("/tmp/limited", O_CREAT | O_RDWR, 0600);
    printf("%zd\n", write(fd, "0123456789abcdef", 16)); fflush(stdout);
    printf("%zd %s\n", write(fd, "more", 4), strerror(errno));
    unlink("/tmp/limited");
    return 0;
}
