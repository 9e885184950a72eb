#define _GNU_SOURCE
#include <libc/locale.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

static const char *names[LC_ALL];
static const char *const variables[LC_ALL] = { "LC_CTYPE", "LC_NUMERIC", "LC_TIME", "LC_COLLATE", "LC_MONETARY", "LC_MESSAGES" };

/* There are the locales that a small Debian has. */
static const char *known(const char *name) {
  if (strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0) return "C";
  if (strcasecmp(name, "C.UTF-8") == 0 || strcasecmp(name, "C.utf8") == 0) return strcmp(name, "C.utf8") == 0 ? "C.utf8" : "C.UTF-8";
  return 0;
}

static const char *from_environment(int category) {
  const char *name = getenv("LC_ALL");
  if (!name || !*name) name = getenv(variables[category]);
  if (!name || !*name) name = getenv("LANG");
  return known(name && *name ? name : "C");
}

static char *all_names(void) {
  static char text[200];
  int same = 1;
  for (int i = 1; i < LC_ALL; i++) same &= strcmp(names[i] ? names[i] : "C", names[0] ? names[0] : "C") == 0;
  if (same) return (char *)(names[0] ? names[0] : "C");
  text[0] = '\0';
  for (int i = 0; i < LC_ALL; i++) {
    strcat(strcat(strcat(text, variables[i]), "="), names[i] ? names[i] : "C");
    strcat(text, ";");
  }
  return strcat(text, "LC_PAPER=C;LC_NAME=C;LC_ADDRESS=C;LC_TELEPHONE=C;LC_MEASUREMENT=C;LC_IDENTIFICATION=C");
}

char *setlocale(int category, const char *name) {
  const char *chosen[LC_ALL];
  if (category < 0 || category > LC_ALL) return 0;
  int from = category == LC_ALL ? 0 : category, to = category == LC_ALL ? LC_ALL : category + 1;
  if (!name) return category == LC_ALL ? all_names() : (char *)(names[category] ? names[category] : "C");
  for (int i = from; i < to; i++) {
    chosen[i] = *name ? known(name) : from_environment(i);
    if (!chosen[i]) return 0;
  }
  for (int i = from; i < to; i++) names[i] = chosen[i];
  __utf8 = names[LC_CTYPE] && names[LC_CTYPE][1] != '\0';
  return category == LC_ALL ? all_names() : (char *)names[category];
}
