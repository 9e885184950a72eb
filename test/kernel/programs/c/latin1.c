/* bytes that are no UTF-8 pass through */
#include <stdio.h>
#include <string.h>
int main(void) { const char *s = "gr\xfc\xdf Gott, 日本"; printf("%s %zu %d\n", s, strlen(s), (unsigned char)s[2]); /* Kommentar mit Umlauten: äöü */ return 0; }
