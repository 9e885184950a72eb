#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int alphasort(const struct dirent **a, const struct dirent **b) { return strcoll((*a)->d_name, (*b)->d_name); }
int versionsort(const struct dirent **a, const struct dirent **b) { return strverscmp((*a)->d_name, (*b)->d_name); }

static int collect(DIR *d, struct dirent ***list, int (*filter)(const struct dirent *)) {
  struct dirent **entries = 0, *entry;
  int count = 0, room = 0;
  while ((entry = readdir(d))) {
    if (filter && !filter(entry)) continue;
    if (count == room) {
      struct dirent **more = realloc(entries, sizeof *more * (size_t)(room = 2 * room + 8));
      if (!more) return -1;
      entries = more;
    }
    entries[count] = malloc(entry->d_reclen);
    if (!entries[count]) return -1;
    memcpy(entries[count++], entry, entry->d_reclen);
  }
  *list = entries;
  return count;
}

int scandirat(int dirfd, const char *path, struct dirent ***list, int (*filter)(const struct dirent *), int (*compare)(const struct dirent **, const struct dirent **)) {
  int fd = openat(dirfd, path, O_RDONLY | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC), error = errno;
  DIR *d = fd < 0 ? 0 : fdopendir(fd);
  if (!d) return -1;
  int count = collect(d, list, filter);
  if (count > 1 && compare) qsort(*list, (size_t)count, sizeof **list, (int (*)(const void *, const void *))compare);
  closedir(d);
  if (count >= 0) errno = error;
  return count;
}
int scandir(const char *path, struct dirent ***list, int (*filter)(const struct dirent *), int (*compare)(const struct dirent **, const struct dirent **)) {
  return scandirat(AT_FDCWD, path, list, filter, compare);
}
