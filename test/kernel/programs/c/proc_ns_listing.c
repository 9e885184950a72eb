/* list /proc/self/ns with opendir, compare with PID 1's and the parent's */
#include <sys/types.h>
#include <sys/stat.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

int main(int argc, char **argv)
{
    DIR *d = opendir("/proc/self/ns");
    struct dirent *e;
    char *names[32];
    int n = 0, i;

    if (d == NULL) {
        perror("opendir");
        return 1;
    }
    while ((e = readdir(d)) != NULL) {
        if (e->d_name[0] == '.')
            continue;
        printf("%s type=%s\n", e->d_name, e->d_type == DT_LNK ? "link" : "other");
        names[n++] = strdup(e->d_name);
    }
    closedir(d);
    qsort(names, n, sizeof *names, by_name);
    for (i = 0; i < n; i++) {
        char path[256], target[256], other[256];
        ssize_t len;
        struct stat st, lst;
        snprintf(path, sizeof path, "/proc/self/ns/%s", names[i]);
        if ((len = readlink(path, target, sizeof target - 1)) < 0) { perror(path); continue; }
        target[len] = 0;
        lstat(path, &lst);
        stat(path, &st);
        snprintf(path, sizeof path, "/proc/1/ns/%s", names[i]);
        len = readlink(path, other, sizeof other - 1);
        if (len < 0) snprintf(other, sizeof other, "%s", strerror(errno));
        else other[len] = 0;
        printf("%-18s mode %06o/%06o size %ld %s\n", names[i], lst.st_mode, st.st_mode, (long)st.st_size,
               len < 0 ? other : strcmp(target, other) ? "differs from init's" : "as init's");
        free(names[i]);
    }
    return 0;
}
