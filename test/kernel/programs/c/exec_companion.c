/* run: {"with": ["with-echoer.c=echoer"], "args": ["x"]} */
/* run: {"args": []} */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char *argv[])
{
    char pid[16], *args[] = { "echoer", "1", "2", NULL };
    int st;
    pid_t p = fork();
    if (p == 0) {
        sprintf(pid, "%d", getpid());
        setenv("WANT", pid, 1);
        putenv("MARK=set by parent");
        execv("./echoer", args);
        fprintf(stderr, "exec: %s\n", strerror(errno));
        _exit(111);
    }
    waitpid(p, &st, 0);
    printf("status %d\n", WEXITSTATUS(st));
    fflush(stdout);
    if (argc > 1) execl("echoer", "again", argv[1], (char *)0);
    else execvp("echoer", args);
    perror("execvp");
    return 1;
}
