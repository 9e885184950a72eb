#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A file that is no program (ENOEXEC) is a script of the shell. */
static void script(const char *path, char *const argv[], char *const envp[]) {
  long count = 0;
  while (argv[count]) count++;
  char *with_shell[count + 3];
  with_shell[0] = "/bin/sh";
  with_shell[1] = (char *)path;
  for (long i = 1; i <= count; i++) with_shell[i + 1] = argv[i];
  if (count <= 1) with_shell[2] = 0;
  execve("/bin/sh", with_shell, envp);
}

static void attempt(const char *path, char *const argv[], char *const envp[]) {
  execve(path, argv, envp);
  if (errno == ENOEXEC) script(path, argv, envp);
}

/* These say that the file is not there: the next directory may have it. */
static int goes_on(int error) {
  return error == EACCES || error == ENOENT || error == ESTALE || error == ENOTDIR || error == ENODEV || error == ETIMEDOUT;
}

int execvpe(const char *file, char *const argv[], char *const envp[]) {
  if (*file == '\0') {
    errno = ENOENT;
    return -1;
  }
  if (strchr(file, '/')) {
    attempt(file, argv, envp);
    return -1;
  }
  const char *path = getenv("PATH");
  if (!path) path = "/bin:/usr/bin";
  size_t length = strlen(file);
  if (length > NAME_MAX) {
    errno = ENAMETOOLONG;
    return -1;
  }
  int denied = 0;
  for (const char *end = path;; path = end + 1) {
    end = strchr(path, ':');
    if (!end) end = path + strlen(path);
    size_t part = (size_t)(end - path);
    char full[part + length + 2];
    memcpy(full, path, part);
    full[part] = '/';
    memcpy(full + part + (part > 0), file, length + 1);
    if (part == 0) memcpy(full, file, length + 1);
    attempt(full, argv, envp);
    if (errno == EACCES) denied = 1;
    if (!goes_on(errno)) return -1;
    if (*end == '\0') break;
  }
  if (denied) errno = EACCES;
  return -1;
}
