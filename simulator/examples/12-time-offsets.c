/*
 * Title: a time namespace shifts two clocks
 * Idea: unshare(CLONE_NEWTIME) is for the children: before the first of them exists, the offsets may be written. In the child the
 *       monotonic and the boot-time clock are shifted; the time of day is the same for everybody.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifndef CLONE_NEWTIME
#define CLONE_NEWTIME 0x00000080
#endif

static const struct {
    clockid_t id;
    const char *name;
} clocks[] = { { CLOCK_REALTIME, "realtime" }, { CLOCK_MONOTONIC, "monotonic" }, { CLOCK_BOOTTIME, "boottime" } };

static long seconds(clockid_t id)
{
    struct timespec now;

    clock_gettime(id, &now);
    return now.tv_sec;
}

int main(void)
{
    const char *offsets = "monotonic 86400 0\nboottime 604800 0\n";
    long before[3];
    int fd;

    if (unshare(CLONE_NEWTIME) < 0) {
        perror("unshare");
        return EXIT_FAILURE;
    }
    fd = open("/proc/self/timens_offsets", O_WRONLY);
    if (fd < 0 || write(fd, offsets, strlen(offsets)) < 0) {
        perror("timens_offsets");
        return EXIT_FAILURE;
    }
    for (int i = 0; i < 3; i++)
        before[i] = seconds(clocks[i].id);

    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 3; i++) {
            /* a second may have ended between the two looks at a clock */
            long days = (seconds(clocks[i].id) - before[i] + 60) / 86400;
            printf("%-9s is %ld days ahead\n", clocks[i].name, days);
        }
        fflush(stdout);
        _exit(EXIT_SUCCESS);
    }
    waitpid(child, NULL, 0);

    if (write(fd, "monotonic 1 0\n", 14) < 0)
        perror("writing again, now that somebody is inside");
    close(fd);
    return EXIT_SUCCESS;
}
