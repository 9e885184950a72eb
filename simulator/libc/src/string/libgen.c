#define _GNU_SOURCE
#include <libgen.h>
#include <string.h>

char *__xpg_basename(char *path) {
  if (!path || !*path) return ".";
  size_t end = strlen(path);
  while (end > 1 && path[end - 1] == '/') path[--end] = '\0';
  if (end == 1 && *path == '/') return path;
  char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

char *dirname(char *path) {
  if (!path || !*path) return ".";
  size_t end = strlen(path), leading = strspn(path, "/");
  while (end > leading && path[end - 1] == '/') end--;
  while (end > leading && path[end - 1] != '/') end--;
  if (end == 0) return ".";
  while (end > leading && path[end - 1] == '/') end--;
  /* nothing but slashes before the last name: one, but exactly two stay two */
  if (end == leading) end = leading == 2 ? 2 : 1;
  path[end] = '\0';
  return path;
}
