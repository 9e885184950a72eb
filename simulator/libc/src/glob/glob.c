#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <glob.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct search { glob_t *to; int flags, (*on_error)(const char *, int), result; };

static int magic(const char *p, size_t length, int flags) {
  for (size_t i = 0; i < length; i++) {
    if (p[i] == '\\' && !(flags & GLOB_NOESCAPE)) i++;
    else if (p[i] == '*' || p[i] == '?' || p[i] == '[') return 1;
  }
  return 0;
}

static int add(glob_t *g, const char *path, int slash) {
  size_t at = g->gl_offs + g->gl_pathc;
  char **more = realloc(g->gl_pathv, (at + 2) * sizeof *more), *copy = malloc(strlen(path) + 2);
  if (more) g->gl_pathv = more;
  if (!more || !copy) {
    free(copy);
    return GLOB_NOSPACE;
  }
  strcpy(copy, path);
  if (slash) strcat(copy, "/");
  more[at] = copy;
  more[at + 1] = 0;
  g->gl_pathc++;
  return 0;
}

static void unescape(char *to, const char *from, size_t length, int flags) {
  while (length-- > 0) {
    if (*from == '\\' && !(flags & GLOB_NOESCAPE) && length > 0) from++, length--;
    *to++ = *from++;
  }
  *to = '\0';
}

static void walk(struct search *s, char *path, const char *p);

/* One part of the pattern is decided; the rest follows below it. */
static void below(struct search *s, char *path, const char *rest) {
  struct stat st;
  if (*rest == '\0') {
    if (lstat(path, &st) < 0) return;
    int directory = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    if (!directory && (s->flags & GLOB_ONLYDIR)) return;
    s->result |= add(s->to, path, directory && (s->flags & GLOB_MARK));
    return;
  }
  size_t length = strlen(path);
  while (*rest == '/' && length < PATH_MAX - 2) path[length++] = *rest++;
  path[length] = '\0';
  if (*rest == '\0') {
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) s->result |= add(s->to, path, 0);
  } else walk(s, path, rest);
}

static void list(struct search *s, char *path, const char *part, const char *rest) {
  size_t before = strlen(path);
  DIR *d = opendir(*path ? path : ".");
  if (!d) {
    if ((s->on_error && s->on_error(path, errno)) || (s->flags & GLOB_ERR)) s->result |= GLOB_ABORTED;
    return;
  }
  int flags = (s->flags & GLOB_NOESCAPE ? FNM_NOESCAPE : 0) | (s->flags & GLOB_PERIOD ? 0 : FNM_PERIOD);
  for (struct dirent *entry; (entry = readdir(d)) && !s->result;) {
    if (fnmatch(part, entry->d_name, flags) || before + strlen(entry->d_name) + 2 > PATH_MAX) continue;
    strcpy(path + before, entry->d_name);
    below(s, path, rest);
    path[before] = '\0';
  }
  closedir(d);
}

static void walk(struct search *s, char *path, const char *p) {
  size_t length = strcspn(p, "/"), before = strlen(path);
  char part[length + 1];
  if (magic(p, length, s->flags)) {
    memcpy(part, p, length);
    part[length] = '\0';
    list(s, path, part, p + length);
    return;
  }
  unescape(part, p, length, s->flags);
  if (before + length + 2 > PATH_MAX) return;
  strcpy(path + before, part);
  below(s, path, p + length);
  path[before] = '\0';
}

static int compare(const void *a, const void *b) { return strcoll(*(char *const *)a, *(char *const *)b); }

static void one(struct search *s, const char *pattern) {
  char path[PATH_MAX] = "";
  size_t slashes = strspn(pattern, "/");
  memset(path, '/', slashes < 8 ? slashes : 8);
  if (pattern[slashes] == '\0' && slashes) s->result |= add(s->to, "/", 0);
  else walk(s, path, pattern + slashes);
}

/* {a,b}: each in its turn. */
static void braces(struct search *s, const char *pattern) {
  const char *open = s->flags & GLOB_BRACE ? strchr(pattern, '{') : 0;
  const char *close = open;
  int depth = 0;
  for (; close && *close; close++) if (*close == '{') depth++; else if (*close == '}' && --depth == 0) break;
  if (!open || !close || !*close || close == open + 1) {
    one(s, pattern);
    return;
  }
  for (const char *from = open + 1, *at = from; at <= close; at++) {
    if (*at == '{') depth++;
    if (*at == '}' && at != close) depth--;
    if (depth || (*at != ',' && at != close)) continue;
    char full[strlen(pattern) + 1];
    sprintf(full, "%.*s%.*s%s", (int)(open - pattern), pattern, (int)(at - from), from, close + 1);
    braces(s, full);
    from = at + 1;
  }
}

static const char *tilde(const char *pattern, char *to, size_t size) {
  size_t length = strcspn(pattern, "/");
  char user[64];
  snprintf(user, sizeof user, "%.*s", (int)(length - 1), pattern + 1);
  struct passwd *pw = *user ? getpwnam(user) : 0;
  const char *home = *user ? (pw ? pw->pw_dir : 0) : getenv("HOME");
  if (!home) return pattern;
  snprintf(to, size, "%s%s", home, pattern + length);
  return to;
}

int glob(const char *pattern, int flags, int (*on_error)(const char *, int), glob_t *to) {
  struct search s = { to, flags, on_error, 0 };
  char expanded[PATH_MAX];
  if (!(flags & GLOB_DOOFFS)) to->gl_offs = 0;
  if (!(flags & GLOB_APPEND)) {
    to->gl_pathc = 0;
    to->gl_pathv = calloc(to->gl_offs + 1, sizeof(char *));
    if (!to->gl_pathv) return GLOB_NOSPACE;
  }
  size_t before = to->gl_pathc;
  const char *original = pattern;
  if (*pattern == '~' && (flags & (GLOB_TILDE | GLOB_TILDE_CHECK))) pattern = tilde(pattern, expanded, sizeof expanded);
  braces(&s, pattern);
  if (s.result) return s.result & GLOB_NOSPACE ? GLOB_NOSPACE : s.result;
  if (to->gl_pathc == before) {
    if (!(flags & GLOB_NOCHECK) && !((flags & GLOB_NOMAGIC) && !magic(original, strlen(original), flags))) return GLOB_NOMATCH;
    return add(to, original, 0);
  }
  if (!(flags & GLOB_NOSORT)) qsort(to->gl_pathv + to->gl_offs + before, to->gl_pathc - before, sizeof(char *), compare);
  return 0;
}
void globfree(glob_t *g) {
  for (size_t i = 0; i < g->gl_pathc; i++) free(g->gl_pathv[g->gl_offs + i]);
  free(g->gl_pathv);
  g->gl_pathv = 0;
  g->gl_pathc = 0;
}
