#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libc/shm.h>
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

static sem_t *map(int fd) {
  sem_t *s = mmap(0, sizeof *s, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  close(fd);
  return s == MAP_FAILED ? SEM_FAILED : s;
}

/* Made under another name, so that nobody sees it before it has its value. */
static sem_t *make(const char *path, mode_t mode, unsigned value, int exclusive) {
  char other[320];
  sem_t first;
  if (sem_init(&first, 1, value) < 0) return SEM_FAILED;
  snprintf(other, sizeof other, "%s.%d", path, getpid());
  int fd = open(other, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0) return SEM_FAILED;
  if (write(fd, &first, sizeof first) != sizeof first || link(other, path) < 0) {
    int error = errno;
    unlink(other);
    close(fd);
    errno = error;
    if (error != EEXIST || exclusive) return SEM_FAILED;
    fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    return fd < 0 ? SEM_FAILED : map(fd);
  }
  unlink(other);
  return map(fd);
}

sem_t *sem_open(const char *name, int flags, ...) {
  char path[300];
  if (__shm_path(name, "sem.", path) < 0) return SEM_FAILED;
  if (!(flags & O_CREAT) || !(flags & O_EXCL)) {
    int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) return map(fd);
    if (!(flags & O_CREAT) || errno != ENOENT) return SEM_FAILED;
  }
  va_list ap;
  va_start(ap, flags);
  mode_t mode = va_arg(ap, mode_t);
  unsigned value = va_arg(ap, unsigned);
  va_end(ap);
  return make(path, mode, value, (flags & O_EXCL) != 0);
}
int sem_close(sem_t *s) { return munmap(s, sizeof *s); }
int sem_unlink(const char *name) {
  char path[300];
  if (__shm_path(name, "sem.", path) < 0) {
    errno = ENOENT;
    return -1;
  }
  int result = unlink(path);
  if (result < 0 && errno == EPERM) errno = EACCES;
  return result;
}
