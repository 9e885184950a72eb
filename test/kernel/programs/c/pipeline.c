/* ls | sort | wc built by hand with dup2 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
#include <fcntl.h>
int main(void)
{
    int a[2], b[2], i, st;
    char *c1[] = { "printf", "pear\\napple\\nfig\\napple\\n", NULL };
    char *c2[] = { "sort", "-u", NULL };
    char *c3[] = { "wc", "-l", NULL };
    if (pipe(a) < 0 || pipe(b) < 0) { perror("pipe"); exit(1); }
    if (fork() == 0) { dup2(a[1], 1); close(a[0]); close(a[1]); close(b[0]); close(b[1]); execvp(c1[0], c1); _exit(127); }
    if (fork() == 0) { dup2(a[0], 0); dup2(b[1], 1); close(a[0]); close(a[1]); close(b[0]); close(b[1]); execvp(c2[0], c2); _exit(127); }
    close(a[0]); close(a[1]); close(b[1]);
    if (fork() == 0) { dup2(b[0], 0); close(b[0]); execvp(c3[0], c3); _exit(127); }
    close(b[0]);
    for (i = 0; i < 3; i++) { wait(&st); if (st) printf("status %x\n", st); }
    FILE *p = popen("tr a-z A-Z", "w");
    fprintf(p, "shout %d\n", 42);
    printf("pclose %d\n", pclose(p));
    p = popen("echo one; echo two; exit 3", "r");
    char line[80];
    while (fgets(line, sizeof line, p)) printf("got: %s", line);
    printf("pclose %d\n", WEXITSTATUS(pclose(p)));
    return 0;
}
