#define _GNU_SOURCE
#include <string.h>

char *strtok_r(char *text, const char *set, char **kept) {
  if (!text) text = *kept;
  text += strspn(text, set);
  if (*text == '\0') {
    *kept = text;
    return 0;
  }
  char *end = text + strcspn(text, set);
  if (*end) *end++ = '\0';
  *kept = end;
  return text;
}
char *strtok(char *text, const char *set) {
  static char *kept;
  return strtok_r(text, set, &kept);
}
char *strsep(char **at, const char *set) {
  char *text = *at;
  if (!text) return 0;
  char *end = text + strcspn(text, set);
  *at = *end ? end + 1 : 0;
  *end = '\0';
  return text;
}
