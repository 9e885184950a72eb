/* the text that is printed once or twice */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <sys/wait.h>
int main()
{
    printf("before fork, with newline\n");
    printf("before fork, without ");
    if (fork() == 0) {
        printf("[child]\n");
        exit(0);
    }
    wait(NULL);
    printf("[parent]\n");
    write(STDOUT_FILENO, "raw write\n", 10);
    fputs("to stderr\n", stderr);
    printf("last line, _exit loses it if buffered\n");
    _exit(0);
}
