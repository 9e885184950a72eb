#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

struct walk { int (*simple)(const char *, const struct stat *, int), (*full)(const char *, const struct stat *, int, struct FTW *), flags; dev_t device; char path[PATH_MAX]; };

static int call(struct walk *w, const struct stat *st, int type, int base, int level) {
  struct FTW where = { base, level };
  return w->full ? w->full(w->path, st, type, &where) : w->simple(w->path, st, type == FTW_SLN ? FTW_NS : type);
}

static int visit(struct walk *w, int base, int level);

static int entries(struct walk *w, DIR *d, int level) {
  size_t length = strlen(w->path);
  int result = 0;
  for (struct dirent *entry; !result && (entry = readdir(d));) {
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    size_t slash = w->path[length - 1] == '/' ? 0 : 1;
    if (length + slash + strlen(entry->d_name) + 1 > PATH_MAX) continue;
    w->path[length] = '/';
    strcpy(w->path + length + slash, entry->d_name);
    result = visit(w, (int)(length + slash), level + 1);
    w->path[length] = '\0';
  }
  return result;
}

static int visit(struct walk *w, int base, int level) {
  struct stat st;
  int type = FTW_F, physical = w->flags & FTW_PHYS;
  if ((physical ? lstat(w->path, &st) : stat(w->path, &st)) < 0) {
    if (physical || lstat(w->path, &st) < 0) {
      if (level == 0) return -1;
      type = FTW_NS;
    } else type = FTW_SLN;
  } else if (S_ISDIR(st.st_mode)) type = FTW_D;
  else if (S_ISLNK(st.st_mode)) type = FTW_SL;
  if ((w->flags & FTW_MOUNT) && type != FTW_NS && st.st_dev != w->device && level > 0) return 0;
  if (level == 0) w->device = st.st_dev;
  if (type != FTW_D) return call(w, &st, type, base, level);
  DIR *d = opendir(w->path);
  if (!d) return call(w, &st, FTW_DNR, base, level);
  int result = w->flags & FTW_DEPTH ? 0 : call(w, &st, FTW_D, base, level);
  if (!result) result = entries(w, d, level);
  closedir(d);
  return !result && (w->flags & FTW_DEPTH) ? call(w, &st, FTW_DP, base, level) : result;
}

static int start(struct walk *w, const char *path) {
  size_t length = strlen(path);
  if (length == 0 || length >= PATH_MAX) {
    errno = length ? ENAMETOOLONG : ENOENT;
    return -1;
  }
  strcpy(w->path, path);
  while (length > 1 && w->path[length - 1] == '/') w->path[--length] = '\0';
  char *slash = strrchr(w->path, '/');
  return visit(w, slash && slash[1] ? (int)(slash + 1 - w->path) : 0, 0);
}
int ftw(const char *path, int (*function)(const char *, const struct stat *, int), int fds) {
  struct walk w = { .simple = function };
  (void)fds;
  return start(&w, path);
}
int nftw(const char *path, int (*function)(const char *, const struct stat *, int, struct FTW *), int fds, int flags) {
  struct walk w = { .full = function, .flags = flags };
  (void)fds;
  return start(&w, path);
}
