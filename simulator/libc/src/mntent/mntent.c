#define _GNU_SOURCE
#include <mntent.h>
#include <stdlib.h>
#include <string.h>

FILE *setmntent(const char *path, const char *mode) {
  char with[16];
  snprintf(with, sizeof with, "%.12se", mode);
  return fopen(path, with);
}
int endmntent(FILE *f) {
  if (f) fclose(f);
  return 1;
}

/* Space, tab, newline and backslash are written as octal numbers. */
static char *decode(char *text) {
  char *to = text;
  for (char *from = text; *from; to++) {
    if (from[0] == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] && from[3]) {
      *to = (char)((from[1] - '0') << 6 | (from[2] - '0') << 3 | (from[3] - '0'));
      from += 4;
    } else *to = *from++;
  }
  *to = '\0';
  return text;
}
static char *field(char **at) {
  *at += strspn(*at, " \t");
  char *start = *at;
  *at += strcspn(*at, " \t");
  if (**at) *(*at)++ = '\0';
  return decode(start);
}

struct mntent *getmntent_r(FILE *f, struct mntent *to, char *buffer, int size) {
  char *at;
  do {
    if (!fgets(buffer, size, f)) return 0;
    char *end = strchr(buffer, '\n');
    if (end) *end = '\0';
    else for (int c; (c = getc(f)) != EOF && c != '\n';) continue;
    at = buffer + strspn(buffer, " \t");
  } while (*at == '\0' || *at == '#');
  to->mnt_fsname = field(&at);
  to->mnt_dir = field(&at);
  to->mnt_type = field(&at);
  to->mnt_opts = field(&at);
  to->mnt_freq = (int)strtol(at, &at, 10);
  to->mnt_passno = (int)strtol(at, &at, 10);
  return to;
}
struct mntent *getmntent(FILE *f) {
  static struct mntent entry;
  static char line[4096];
  return getmntent_r(f, &entry, line, sizeof line);
}

static void encode(FILE *f, const char *text, char end) {
  for (; *text; text++) {
    if (strchr(" \t\n\\", *text)) fprintf(f, "\\%03o", (unsigned char)*text);
    else putc(*text, f);
  }
  putc(end, f);
}
int addmntent(FILE *f, const struct mntent *m) {
  if (fseek(f, 0, SEEK_END) < 0) return 1;
  encode(f, m->mnt_fsname, ' ');
  encode(f, m->mnt_dir, ' ');
  encode(f, m->mnt_type, ' ');
  encode(f, m->mnt_opts, ' ');
  fprintf(f, "%d %d\n", m->mnt_freq, m->mnt_passno);
  return fflush(f) || ferror(f) ? 1 : 0;
}
char *hasmntopt(const struct mntent *m, const char *option) {
  size_t length = strlen(option);
  for (char *at = m->mnt_opts; at && (at = strstr(at, option)); at = strchr(at, ',')) {
    if ((at == m->mnt_opts || at[-1] == ',') && (at[length] == '\0' || at[length] == '=' || at[length] == ',')) return at;
    if (!strchr(at, ',')) return 0;
  }
  return 0;
}
