#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <sys/wait.h>
#include <signal.h>

static void state_of(pid_t pid, const char *who)
{
    char path[64], line[256];
    sprintf(path, "/proc/%d/status", pid);
    FILE *fp = fopen(path, "r");
    if (!fp) { perror(path); return; }
    while (fgets(line, sizeof line, fp))
        if (!strncmp(line, "State:", 6) || !strncmp(line, "PPid:", 5) || !strncmp(line, "Name:", 5)) printf("%s %s", who, line);
    fclose(fp);
}

int main(void)
{
    int p[2];
    char c;
    pid_t z = fork();
    if (z == 0) _exit(3);
    siginfo_t si;
    waitid(P_PID, z, &si, WEXITED | WNOWAIT);
    state_of(z, "zombie:");
    printf("kill(zombie, 0) = %d\n", kill(z, 0));
    waitpid(z, NULL, 0);
    state_of(z, "reaped:");

    pipe(p);
    if (fork() == 0) {
        pid_t g = fork();
        if (g == 0) {
            close(p[1]);
            read(p[0], &c, 1);
            printf("orphan: pid %d parent %d\n", getpid(), getppid());
            fflush(stdout);
            exit(0);
        }
        printf("middle: pid %d made %d\n", getpid(), g);
        exit(0);
    }
    wait(NULL);
    fflush(stdout);
    close(p[0]);
    close(p[1]);
    return 0;
}
