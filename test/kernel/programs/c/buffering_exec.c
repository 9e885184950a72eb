#include <stdio.h>
#include <unistd.h>
#include <sys/wait.h>
static char big[5000];
int main(void)
{
    char own[64];
    printf("lost by exec on a pipe\n");
    if (fork() == 0) { execlp("echo", "echo", "from echo", (char*)0); perror("execlp"); _exit(1); }
    wait(0);
    fflush(stdout);
    setvbuf(stdout, own, _IOFBF, sizeof own);
    for (int i = 0; i < 12; i++) printf("line %d of a tiny buffer\n", i);
    fprintf(stderr, "tiny buffer: part of it is out\n");
    fflush(stdout);
    setvbuf(stdout, NULL, _IONBF, 0);
    fputs("unbuffered ", stdout); fputs("is out at once\n", stderr);
    setvbuf(stdout, NULL, _IOLBF, 0);
    fputs("half a line", stdout); fputs("(err)", stderr); fputs(" and the rest\n", stdout);
    for (int i = 0; i < 4999; i++) big[i] = 'a' + i % 26;
    setvbuf(stdout, NULL, _IOFBF, 1024);
    printf("%s\n", big);
    fprintf(stderr, "after the big one\n");
    execl("/bin/true", "true", NULL);
    return 1;
}
