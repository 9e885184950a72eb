#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>
#include <sys/wait.h>
int main(void)
{
        pid_t pid, sid;
        int p[2];
        pipe(p);
        pid = fork();
        if (pid < 0) exit(EXIT_FAILURE);
        if (pid > 0) {
                char buf[200];
                ssize_t n;
                close(p[1]);
                waitpid(pid, NULL, 0);
                while ((n = read(p[0], buf, sizeof buf)) > 0) fwrite(buf, 1, n, stdout);
                exit(EXIT_SUCCESS);
        }
        umask(0);
        sid = setsid();
        if (sid < 0) exit(EXIT_FAILURE);
        if (fork()) _exit(0);
        sleep(1);
        if (chdir("/") < 0) exit(EXIT_FAILURE);
        close(STDIN_FILENO); close(STDOUT_FILENO); close(STDERR_FILENO);
        open("/dev/null", O_RDWR); dup2(0, 1); dup2(0, 2);
        FILE *out = fdopen(p[1], "w");
        fprintf(out, "daemon %d of %d in session %d, leader %d\n", getpid(), getppid(), getsid(0) == sid, getpid() == sid);
        printf("into the void\n");
        fclose(out);
        return 0;
}
