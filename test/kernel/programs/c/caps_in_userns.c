/* link: -lcap */
/* what capabilities does the first process of a user namespace have? */
#define _GNU_SOURCE
#include <sys/capability.h>
#include <sys/wait.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <signal.h>

#define errExit(msg)    do { perror(msg); exit(EXIT_FAILURE); } while (0)

static int childFunc(void *arg)
{
    cap_t caps;
    char *s;

    printf("eUID = %ld;  eGID = %ld;  ", (long) geteuid(), (long) getegid());
    caps = cap_get_proc();
    s = cap_to_text(caps, NULL);
    printf("capabilities: %s\n", s);
    cap_free(s);

    cap_value_t drop[] = { CAP_SYS_ADMIN, CAP_NET_RAW };
    if (cap_set_flag(caps, CAP_EFFECTIVE, 2, drop, CAP_CLEAR) == -1) errExit("cap_set_flag");
    if (cap_set_proc(caps) == -1) errExit("cap_set_proc");
    s = cap_to_text(caps, NULL);
    printf("dropped: %s\n", s);
    cap_free(s);
    if (unshare(CLONE_NEWUTS) == -1) perror("unshare");
    cap_clear(caps);
    s = cap_to_text(caps, NULL);
    printf("cleared: '%s'\n", s);
    cap_free(s);
    cap_free(caps);

    cap_t t = cap_from_text("cap_chown,cap_kill+ep cap_setuid=p");
    ssize_t n;
    s = cap_to_text(t, &n);
    printf("%s (%zd)\n", s, n);
    cap_flag_value_t v;
    cap_get_flag(t, CAP_KILL, CAP_EFFECTIVE, &v);
    printf("%s effective %d\n", cap_to_name(CAP_KILL), v);
    return 0;
}

#define STACK_SIZE (1024 * 1024)
static char child_stack[STACK_SIZE];

int main(int argc, char *argv[])
{
    pid_t pid = clone(childFunc, child_stack + STACK_SIZE, CLONE_NEWUSER | SIGCHLD, argv[1]);
    if (pid == -1) errExit("clone");
    if (waitpid(pid, NULL, 0) == -1) errExit("waitpid");
    if (getuid() != 0) {
        char *s = cap_to_text(cap_get_proc(), NULL);
        printf("parent: '%s'\n", s);
    }
    exit(EXIT_SUCCESS);
}
