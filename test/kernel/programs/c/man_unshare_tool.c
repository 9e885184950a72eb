/* run: {"args": ["-Cm", "sh", "-c", "readlink /proc/self/ns/mnt | cut -c1-5"]} */
/* run: {"args": ["-pfu", "sh", "-c", "echo $$; hostname x; hostname"]} */
/* run: {"args": ["-x"]} */
#define _GNU_SOURCE
#include <err.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
static void usage(char *pname)
{
    fprintf(stderr, "Usage: %s [options] program [arg...]\n", pname);
    fprintf(stderr, "Options can be:\n");
    fprintf(stderr, "    -C   unshare cgroup namespace\n");
    fprintf(stderr, "    -i   unshare IPC namespace\n");
    exit(EXIT_FAILURE);
}
int main(int argc, char *argv[])
{
    int flags, opt, f = 0;
    flags = 0;
    while ((opt = getopt(argc, argv, "Cimnpfutu")) != -1) {
        switch (opt) {
        case 'C': flags |= CLONE_NEWCGROUP;      break;
        case 'i': flags |= CLONE_NEWIPC;         break;
        case 'm': flags |= CLONE_NEWNS;          break;
        case 'n': flags |= CLONE_NEWNET;         break;
        case 'p': flags |= CLONE_NEWPID;         break;
        case 't': flags |= CLONE_NEWTIME;        break;
        case 'u': flags |= CLONE_NEWUTS;         break;
        case 'f': f = 1; break;
        default:  usage(argv[0]);
        }
    }
    if (optind >= argc) usage(argv[0]);
    if (unshare(flags) == -1) err(EXIT_FAILURE, "unshare");
    if (f) { pid_t p = fork(); if (p) { int st; waitpid(p, &st, 0); printf("status %d\n", WEXITSTATUS(st)); return 0; } }
    execvp(argv[optind], &argv[optind]);
    err(EXIT_FAILURE, "execvp");
}
