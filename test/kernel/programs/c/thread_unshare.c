/* namespaces of threads: unshare(CLONE_NEWUTS) is for the calling thread only */
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <errno.h>
#include <unistd.h>
#include <sys/syscall.h>
static void host(const char *w) { char b[65]; gethostname(b, 65); printf("%s: %s\n", w, b); }
static void *worker(void *x)
{
    printf("worker is a thread of its own: %d\n", syscall(SYS_gettid) != getpid());
    if (unshare(CLONE_NEWUTS) < 0) { printf("worker unshare uts: %s\n", strerror(errno)); return 0; }
    sethostname("threaded", 8);
    host("worker");
    if (unshare(CLONE_NEWUSER) < 0) printf("worker unshare user: %s\n", strerror(errno));
    if (unshare(CLONE_VM) < 0) printf("worker unshare vm: %s\n", strerror(errno));
    char a[64] = "", b[64] = "";
    readlink("/proc/self/ns/uts", a, 63); readlink("/proc/thread-self/ns/uts", b, 63);
    printf("self and thread-self %s\n", strcmp(a, b) ? "differ" : "agree");
    return 0;
}
int main(void)
{
    pthread_t t;
    pthread_create(&t, NULL, worker, NULL);
    pthread_join(t, NULL);
    host("main");
    return 0;
}
