#define _GNU_SOURCE
#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

static int folded(int c, int flags) { return flags & FNM_CASEFOLD ? tolower(c) : c; }

static int in_class(const char *name, size_t length, int c) {
  static const struct { const char *name; int (*test)(int); } classes[] = {
    { "alpha", isalpha }, { "digit", isdigit }, { "alnum", isalnum }, { "upper", isupper }, { "lower", islower }, { "space", isspace },
    { "blank", isblank }, { "punct", ispunct }, { "print", isprint }, { "graph", isgraph }, { "cntrl", iscntrl }, { "xdigit", isxdigit },
  };
  for (unsigned i = 0; i < sizeof classes / sizeof *classes; i++) if (strlen(classes[i].name) == length && strncmp(classes[i].name, name, length) == 0) return classes[i].test(c) != 0;
  return 0;
}

/* A bracket behind its `[`: whether c is in it, and what follows; null: it is no bracket. */
static const char *bracket(const char *p, int c, int flags, int *matches) {
  int inverse = *p == '!' || *p == '^', found = 0, first = 1;
  if (inverse) p++;
  for (; *p != ']' || first; first = 0) {
    if (*p == '\0') return 0;
    if (p[0] == '[' && p[1] == ':' && strstr(p, ":]")) {
      const char *end = strstr(p, ":]");
      found |= in_class(p + 2, (size_t)(end - p - 2), c);
      p = end + 2;
      continue;
    }
    if (*p == '\\' && !(flags & FNM_NOESCAPE) && p[1]) p++;
    int low = folded((unsigned char)*p++, flags), high = low;
    if (p[0] == '-' && p[1] != ']' && p[1]) {
      p++;
      if (*p == '\\' && !(flags & FNM_NOESCAPE) && p[1]) p++;
      high = folded((unsigned char)*p++, flags);
    }
    found |= folded(c, flags) >= low && folded(c, flags) <= high;
  }
  *matches = found != inverse;
  return p + 1;
}

/* A leading period that only a period matches. */
static int hidden(const char *text, const char *start, int flags) {
  return *text == '.' && (flags & FNM_PERIOD) && (text == start || ((flags & FNM_PATHNAME) && text[-1] == '/'));
}

static int match(const char *p, const char *text, const char *start, int flags) {
  for (; *p; text++) {
    int yes;
    const char *next;
    switch (*p) {
      case '?':
        if (!*text || (*text == '/' && (flags & FNM_PATHNAME)) || hidden(text, start, flags)) return FNM_NOMATCH;
        p++;
        break;
      case '*':
        if (hidden(text, start, flags)) return FNM_NOMATCH;
        while (*p == '*') p++;
        for (;; text++) {
          if (match(p, text, start, flags) == 0) return 0;
          if (!*text || (*text == '/' && (flags & FNM_PATHNAME))) return FNM_NOMATCH;
        }
      case '[':
        if (!*text || (*text == '/' && (flags & FNM_PATHNAME)) || hidden(text, start, flags)) return FNM_NOMATCH;
        next = bracket(p + 1, (unsigned char)*text, flags, &yes);
        if (next) {
          if (!yes) return FNM_NOMATCH;
          p = next;
          break;
        }
        if (*text != '[') return FNM_NOMATCH;
        p++;
        break;
      default:
        if (*p == '\\' && !(flags & FNM_NOESCAPE) && p[1]) p++;
        if (folded((unsigned char)*p, flags) != folded((unsigned char)*text, flags)) return FNM_NOMATCH;
        p++;
    }
  }
  return *text == '\0' || ((flags & FNM_LEADING_DIR) && *text == '/') ? 0 : FNM_NOMATCH;
}
int fnmatch(const char *pattern, const char *text, int flags) { return match(pattern, text, text, flags); }
