/*
 * Title: mounts travel along shared mounts
 * Idea: A new mount namespace is a copy of the tree of mounts, but copies of a shared mount are peers: what is mounted on one
 *       appears on the other. Only a private mount keeps it to itself. systemd makes / shared, so this meets everybody.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define PLACE "/tmp/place"

static void die(const char *what)
{
    perror(what);
    exit(EXIT_FAILURE);
}

static int is_mounted(const char *at)
{
    char line[1024], wanted[128];
    int found = 0;
    FILE *mounts = fopen("/proc/self/mounts", "r");

    if (!mounts)
        die("/proc/self/mounts");
    snprintf(wanted, sizeof wanted, " %s ", at);
    while (fgets(line, sizeof line, mounts))
        found += strstr(line, wanted) != NULL;
    fclose(mounts);
    return found;
}

/* A child in a mount namespace of its own makes the whole tree `how`, then mounts something. */
static void try(const char *name, unsigned long how)
{
    pid_t child = fork();

    if (child < 0)
        die("fork");
    if (child == 0) {
        if (unshare(CLONE_NEWNS) < 0)
            die("unshare");
        if (how && mount(NULL, "/", NULL, MS_REC | how, NULL) < 0)
            die("mount --make-r...");
        if (mount("tmpfs", PLACE, "tmpfs", 0, "size=1m") < 0)
            die("mount");
        printf("%-8s child sees %d", name, is_mounted(PLACE));
        fflush(stdout);
        _exit(EXIT_SUCCESS);
    }
    int status;
    waitpid(child, &status, 0);
    if (status != 0)
        exit(EXIT_FAILURE);
    printf(", parent sees %d\n", is_mounted(PLACE));
    fflush(stdout);
    if (is_mounted(PLACE) && umount(PLACE) < 0)
        die("umount");
}

int main(void)
{
    if (mkdir(PLACE, 0755) < 0)
        die("mkdir");
    try("shared:", 0);
    try("private:", MS_PRIVATE);
    try("slave:", MS_SLAVE);
    rmdir(PLACE);
    return EXIT_SUCCESS;
}
