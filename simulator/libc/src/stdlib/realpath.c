#define _GNU_SOURCE
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *failed(int error) {
  errno = error;
  return 0;
}

static void up(char *to) {
  char *slash = strrchr(to, '/');
  *(slash == to ? slash + 1 : slash) = '\0';
}

/* One part of the path after another; a link's text is put before what is left. */
static char *resolve(const char *path, char *to, char *rest) {
  int links = 0;
  if (*path == '/') strcpy(to, "/");
  else if (!getcwd(to, PATH_MAX)) return 0;
  if (strlen(path) >= PATH_MAX) return failed(ENAMETOOLONG);
  strcpy(rest, path);
  while (*rest) {
    char part[PATH_MAX], link[PATH_MAX];
    size_t skip = strspn(rest, "/"), length = strcspn(rest + skip, "/");
    memcpy(part, rest + skip, length);
    part[length] = '\0';
    int more = rest[skip + length] == '/';
    memmove(rest, rest + skip + length, strlen(rest + skip + length) + 1);
    if (length == 0 || strcmp(part, ".") == 0) continue;
    if (strcmp(part, "..") == 0) {
      up(to);
      continue;
    }
    size_t before = strlen(to);
    if (before + length + 2 > PATH_MAX) return failed(ENAMETOOLONG);
    if (before > 1) to[before++] = '/';
    strcpy(to + before, part);
    ssize_t n = readlink(to, link, sizeof link - 1);
    if (n >= 0) {
      if (++links > 40) return failed(ELOOP);
      link[n] = '\0';
      if (strlen(rest) + (size_t)n + 2 > PATH_MAX) return failed(ENAMETOOLONG);
      memmove(rest + n, rest, strlen(rest) + 1);
      memcpy(rest, link, (size_t)n);
      if (*link == '/') strcpy(to, "/");
      else up(to);
      continue;
    }
    if (errno != EINVAL) return 0;
    struct stat st;
    if (more && stat(to, &st) == 0 && !S_ISDIR(st.st_mode)) return failed(ENOTDIR);
  }
  return to;
}

char *realpath(const char *path, char *to) {
  char result[PATH_MAX], rest[PATH_MAX];
  if (!path) return failed(EINVAL);
  if (!*path) return failed(ENOENT);
  int error = errno;
  if (!resolve(path, result, rest)) {
    if (to) strcpy(to, result);
    return 0;
  }
  errno = error;
  return to ? strcpy(to, result) : strdup(result);
}
char *canonicalize_file_name(const char *path) { return realpath(path, 0); }
