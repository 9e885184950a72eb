#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <errno.h>
#include <string.h>
#include <sys/wait.h>
#include <sys/stat.h>
extern char **environ;
int main(void)
{
    volatile int shared = 1;
    int st, i;
    char *none[] = { "nothing", NULL }, *env[] = { "A=1", "PATH=/bin", NULL };
    pid_t p = vfork();
    if (p == 0) { shared = 2; _exit(5); }
    wait(&st);
    printf("vfork: shared=%d status=%d\n", shared, WEXITSTATUS(st));
    fflush(stdout);
    if ((p = vfork()) == 0) { execve("/bin/env", (char *[]){ "env", NULL }, env); _exit(1); }
    wait(&st);
    printf("execv dir: %d ", execv("/tmp", none)); puts(strerror(errno));
    printf("execv missing: %d ", execv("/bin/no-such", none)); puts(strerror(errno));
    printf("execv plain file: %d ", execv("/etc/passwd", none)); puts(strerror(errno));
    printf("execv below file: %d ", execv("/etc/passwd/x", none)); puts(strerror(errno));
    printf("execvp missing: %d ", execvp("no-such-command", none)); puts(strerror(errno));
    printf("execv empty: %d ", execv("", none)); puts(strerror(errno));
    FILE *f = fopen("/tmp/script", "w");
    fputs("#!/bin/sh -e\necho script $0 $# $1\nexit 6\n", f);
    fclose(f);
    if (fork() == 0) { execl("/tmp/script", "zero", "one", "two", NULL); printf("script: %s\n", strerror(errno)); exit(126); }
    wait(&st); printf("status %d\n", WEXITSTATUS(st)); fflush(stdout);
    chmod("/tmp/script", 0755);
    if (fork() == 0) { execl("/tmp/script", "zero", "one", "two", NULL); perror("script"); _exit(126); }
    wait(&st); printf("status %d\n", WEXITSTATUS(st));
    st = system("exit 9"); printf("system: %d\n", WEXITSTATUS(st));
    st = system("kill -9 $$"); printf("system: signaled %d, %d\n", WIFSIGNALED(st), WTERMSIG(st));
    st = system("no-such-command 2>/dev/null"); printf("system: %d\n", WEXITSTATUS(st));
    printf("system(NULL) %d\n", system(NULL) != 0);
    clearenv(); setenv("X", "y z", 1); putenv("Q=r"); setenv("X", "no", 0); unsetenv("NOPE");
    for (i = 0; environ[i]; i++) puts(environ[i]);
    printf("%s %s\n", getenv("X"), getenv("HOME") ? "home" : "no home");
    return 0;
}
