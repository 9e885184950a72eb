#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>

static volatile sig_atomic_t got;
static void handler(int s) { got = s; }

static void install(int flags)
{
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = handler;
    sa.sa_flags = flags;
    sigemptyset(&sa.sa_mask);
    sigaction(SIGALRM, &sa, NULL);
}

int main(void)
{
    int fd[2];
    char c = '?';
    pipe(fd);
    install(0);
    alarm(1);
    ssize_t r = read(fd[0], &c, 1);
    printf("without SA_RESTART: read %zd %s, got %d\n", r, r < 0 ? strerror(errno) : "", got);
    fflush(stdout);
    got = 0;
    install(SA_RESTART);
    if (fork() == 0) { sleep(2); write(fd[1], "x", 1); _exit(0); }
    alarm(1);
    r = read(fd[0], &c, 1);
    printf("with SA_RESTART: read %zd '%c', got %d\n", r, c, got);
    got = 0;
    alarm(1);
    r = pause();
    printf("pause %zd %s got %d\n", r, strerror(errno), got);
    wait(NULL);
    alarm(10);
    printf("alarm(0) had %u left\n", alarm(0));
    install(SA_RESETHAND);
    raise(SIGALRM);
    printf("RESETHAND once\n");
    fflush(stdout);
    raise(SIGALRM);
    printf("not reached\n");
    return 0;
}
