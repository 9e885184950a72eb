#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <libc/dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static DIR *make(int fd) {
  DIR *d = malloc(sizeof *d);
  if (!d) return 0;
  d->fd = fd;
  d->at = d->length = 0;
  d->position = 0;
  return d;
}

DIR *opendir(const char *path) {
  if (*path == '\0') {
    errno = ENOENT;
    return 0;
  }
  int fd = open(path, O_RDONLY | O_NONBLOCK | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return 0;
  DIR *d = make(fd);
  if (!d) close(fd);
  return d;
}

DIR *fdopendir(int fd) {
  struct stat st;
  if (fstat(fd, &st) < 0) return 0;
  if (!S_ISDIR(st.st_mode)) {
    errno = ENOTDIR;
    return 0;
  }
  return make(fd);
}

struct dirent *readdir(DIR *d) {
  if (d->at >= d->length) {
    int error = errno;
    ssize_t length = getdents64(d->fd, d->buffer, sizeof d->buffer);
    if (length <= 0) {
      /* a directory that was removed is just empty */
      if (length == 0 || errno == ENOENT) errno = error;
      return 0;
    }
    d->at = 0;
    d->length = (size_t)length;
  }
  struct dirent *entry = (struct dirent *)(d->buffer + d->at);
  d->at += entry->d_reclen;
  d->position = entry->d_off;
  return entry;
}

int readdir_r(DIR *d, struct dirent *to, struct dirent **result) {
  int error = errno;
  errno = 0;
  struct dirent *entry = readdir(d);
  if (entry) memcpy(to, entry, entry->d_reclen);
  *result = entry ? to : 0;
  int failed = errno;
  errno = error;
  return failed;
}

int closedir(DIR *d) {
  if (!d) {
    errno = EINVAL;
    return -1;
  }
  int fd = d->fd;
  free(d);
  return close(fd);
}

void seekdir(DIR *d, long position) {
  d->position = lseek(d->fd, position, SEEK_SET);
  d->at = d->length = 0;
}
void rewinddir(DIR *d) { seekdir(d, 0); }
long telldir(DIR *d) { return d->position; }
int dirfd(DIR *d) { return d->fd; }
