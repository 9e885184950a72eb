#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <pwd.h>
#include <wordexp.h>

/* The word that is being made: `text` as it will be, `pattern` with what was quoted escaped for glob. `any`: it is a word, even when it is empty. */
struct word { char *text, *pattern; size_t length, pattern_length, room; int any, magic; };
struct state { wordexp_t *to; int flags; struct word word; };

static int grow(struct word *w) {
  if (w->pattern_length + 4 < w->room) return 0;
  size_t room = w->room ? 2 * w->room : 64;
  char *text = realloc(w->text, room), *pattern = realloc(w->pattern, room);
  if (text) w->text = text;
  if (pattern) w->pattern = pattern;
  if (!text || !pattern) return WRDE_NOSPACE;
  w->room = room;
  return 0;
}

static int add(struct word *w, char c, int quoted) {
  if (grow(w)) return WRDE_NOSPACE;
  w->any = 1;
  w->text[w->length++] = c;
  if (strchr("*?[\\", c)) {
    if (quoted) w->pattern[w->pattern_length++] = '\\';
    else if (c != '\\') w->magic = 1;
  }
  w->pattern[w->pattern_length++] = c;
  return 0;
}

static int put(wordexp_t *to, const char *text) {
  char **more = realloc(to->we_wordv, (to->we_offs + to->we_wordc + 2) * sizeof *more), *copy = strdup(text);
  if (more) to->we_wordv = more;
  if (!more || !copy) return WRDE_NOSPACE;
  more[to->we_offs + to->we_wordc++] = copy;
  more[to->we_offs + to->we_wordc] = 0;
  return 0;
}

static int finish(struct state *s) {
  struct word *w = &s->word;
  int result = 0;
  glob_t found;
  if (!w->any) return 0;
  if (grow(w)) return WRDE_NOSPACE;
  w->text[w->length] = w->pattern[w->pattern_length] = '\0';
  if (w->magic && glob(w->pattern, 0, 0, &found) == 0) {
    for (size_t i = 0; i < found.gl_pathc && !result; i++) result = put(s->to, found.gl_pathv[i]);
    globfree(&found);
  } else result = put(s->to, w->text);
  w->length = w->pattern_length = 0;
  w->any = w->magic = 0;
  return result;
}

/* A value's text: in quotes as it is, else split into words. */
static int insert(struct state *s, const char *value, int quoted) {
  int result = 0;
  if (quoted) s->word.any = 1;
  for (; *value && !result; value++) {
    if (quoted || !isspace((unsigned char)*value)) result = add(&s->word, *value, quoted);
    else result = finish(s);
  }
  return result;
}

static int command(struct state *s, const char *text, size_t length, int quoted) {
  char line[length + 1], *output = 0;
  size_t size = 0;
  if (s->flags & WRDE_NOCMD) return WRDE_CMDSUB;
  memcpy(line, text, length);
  line[length] = '\0';
  fflush(stdout);
  FILE *f = popen(line, "r");
  if (!f) return WRDE_NOSPACE;
  ssize_t n = getdelim(&output, &size, '\0', f);
  pclose(f);
  while (n > 0 && output[n - 1] == '\n') n--;
  if (n > 0) output[n] = '\0';
  int result = n > 0 ? insert(s, output, quoted) : 0;
  free(output);
  return result;
}

/* ${name:-word} and the like, for the words that follow. */
static int with_operator(struct state *s, const char *name, const char *value, const char *op, size_t length, int quoted) {
  int colon = *op == ':';
  if (colon) op++, length--;
  int missing = !value || (colon && !*value);
  char word[length + 1];
  memcpy(word, op + (length > 0), length ? length - 1 : 0);
  word[length ? length - 1 : 0] = '\0';
  switch (length ? *op : 0) {
    case 0: return value ? insert(s, value, quoted) : 0;
    case '-': return insert(s, missing ? word : value, quoted);
    case '+': return missing ? 0 : insert(s, word, quoted);
    case '=':
      if (missing) setenv(name, word, 1);
      return insert(s, missing ? word : value, quoted);
    case '?':
      if (missing) fprintf(stderr, "%s: %s\n", name, *word ? word : "parameter null or not set");
      return missing ? WRDE_BADVAL : insert(s, value, quoted);
    default: return WRDE_SYNTAX;
  }
}

static const char *closing(const char *at, char open, char close) {
  int depth = 1;
  for (; *at; at++) {
    if (*at == '\\' && at[1]) at++;
    else if (*at == open) depth++;
    else if (*at == close && --depth == 0) return at;
  }
  return 0;
}

/* At a `$`; gives the character after what it took. */
static int dollar(struct state *s, const char **at, int quoted) {
  const char *p = *at + 1, *end;
  char name[64], number[16];
  size_t n = 0;
  if (*p == '(') {
    if (!(end = closing(p + 1, '(', ')'))) return WRDE_SYNTAX;
    *at = end + 1;
    return command(s, p + 1, (size_t)(end - p - 1), quoted);
  }
  int brace = *p == '{';
  if (brace) p++;
  if (*p == '$') name[n++] = *p++;
  else while ((isalnum((unsigned char)*p) || *p == '_') && n < sizeof name - 1 && (n || !isdigit((unsigned char)*p))) name[n++] = *p++;
  name[n] = '\0';
  if (n == 0) {
    if (brace) return WRDE_SYNTAX;
    ++*at;
    return add(&s->word, '$', quoted);
  }
  snprintf(number, sizeof number, "%d", getpid());
  const char *value = *name == '$' ? number : getenv(name);
  if (!value && (s->flags & WRDE_UNDEF) && !brace) return WRDE_BADVAL;
  if (!brace) {
    *at = p;
    return value ? insert(s, value, quoted) : 0;
  }
  if (!(end = closing(p, '{', '}'))) return WRDE_SYNTAX;
  *at = end + 1;
  return with_operator(s, name, value, p, (size_t)(end - p), quoted);
}

static int backquote(struct state *s, const char **at, int quoted) {
  const char *end = strchr(*at + 1, '`');
  if (!end) return WRDE_SYNTAX;
  int result = command(s, *at + 1, (size_t)(end - *at - 1), quoted);
  *at = end + 1;
  return result;
}

static int double_quotes(struct state *s, const char **at) {
  int result = 0;
  s->word.any = 1;
  for (++*at; **at && **at != '"' && !result;) {
    if (**at == '$') result = dollar(s, at, 1);
    else if (**at == '`') result = backquote(s, at, 1);
    else {
      if (**at == '\\' && (*at)[1] && strchr("$`\"\\\n", (*at)[1])) ++*at;
      result = add(&s->word, *(*at)++, 1);
    }
  }
  if (result) return result;
  return *(*at)++ == '"' ? 0 : WRDE_SYNTAX;
}

static int home(struct state *s, const char **at) {
  size_t length = strcspn(*at + 1, "/ \t\n");
  char user[64];
  snprintf(user, sizeof user, "%.*s", (int)length, *at + 1);
  struct passwd *pw = *user ? getpwnam(user) : 0;
  const char *path = *user ? (pw ? pw->pw_dir : 0) : getenv("HOME");
  if (!path) return add(&s->word, *(*at)++, 0);
  *at += 1 + length;
  return insert(s, path, 1);
}

static int expand(struct state *s, const char *at) {
  int result = 0;
  while (*at && !result) {
    if (*at == ' ' || *at == '\t') {
      result = finish(s);
      at++;
    } else if (strchr("\n|&;<>(){}", *at)) result = WRDE_BADCHAR;
    else if (*at == '\'') {
      s->word.any = 1;
      for (at++; *at && *at != '\'' && !result; at++) result = add(&s->word, *at, 1);
      if (!result && *at++ != '\'') result = WRDE_SYNTAX;
    } else if (*at == '"') result = double_quotes(s, &at);
    else if (*at == '$') result = dollar(s, &at, 0);
    else if (*at == '`') result = backquote(s, &at, 0);
    else if (*at == '~' && !s->word.any) result = home(s, &at);
    else if (*at == '\\') {
      if (at[1] == '\0') result = WRDE_SYNTAX;
      else if (at[1] != '\n') result = add(&s->word, at[1], 1);
      at += 2;
    } else result = add(&s->word, *at++, 0);
  }
  return result ? result : finish(s);
}

int wordexp(const char *text, wordexp_t *to, int flags) {
  struct state s = { .to = to, .flags = flags };
  if (flags & WRDE_REUSE) wordfree(to);
  if (!(flags & WRDE_APPEND)) {
    if (!(flags & WRDE_DOOFFS)) to->we_offs = 0;
    to->we_wordc = 0;
    to->we_wordv = calloc(to->we_offs + 1, sizeof(char *));
    if (!to->we_wordv) return WRDE_NOSPACE;
  }
  int result = expand(&s, text);
  free(s.word.text);
  free(s.word.pattern);
  if (result && result != WRDE_NOSPACE && !(flags & WRDE_APPEND)) wordfree(to);
  return result;
}
void wordfree(wordexp_t *w) {
  for (size_t i = 0; i < w->we_wordc; i++) free(w->we_wordv[w->we_offs + i]);
  free(w->we_wordv);
  w->we_wordv = 0;
  w->we_wordc = 0;
}
