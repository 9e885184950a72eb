#define _GNU_SOURCE
#include <ctype.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
static int cmp(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
int main()
{
    char buf[64], path[] = "/usr/lib/x.so", path2[] = "/usr/lib/x.so", *tok, *save, csv[] = "a,b,,c;d";
    strcpy(buf, "hello"); strcat(buf, ", "); strncat(buf, "world and more", 5);
    printf("%s %zu %s %s\n", buf, strlen(buf), strchr(buf, 'o'), strrchr(buf, 'o'));
    printf("%s %s %ld\n", strstr(buf, "wor"), strpbrk(buf, "xyzw"), (long)strspn(buf, "leh"));
    for (tok = strtok(csv, ",;"); tok; tok = strtok(NULL, ",;")) printf("<%s>", tok);
    char two[] = "k1=v1&k2=v2";
    for (tok = strtok_r(two, "&", &save); tok; tok = strtok_r(NULL, "&", &save)) { char *e = strchr(tok, '='); *e++ = 0; printf("{%s:%s}", tok, e); }
    char sep[] = "x::y", *sp = sep;
    while ((tok = strsep(&sp, ":"))) printf("(%s)", tok);
    puts("");
    printf("%d %d %d %d\n", strcmp("a", "b") < 0, strcmp("abc", "abc"), strncmp("abcd", "abxx", 2), strcasecmp("HeLLo", "hEllO"));
    printf("%s %s\n", basename(path), dirname(path2));
    memset(buf, '-', 10); buf[10] = 0; memcpy(buf + 2, "mid", 3); memmove(buf + 3, buf + 2, 5);
    printf("%s %d\n", buf, memcmp("ab", "ac", 2) < 0);
    int a[] = { 5, -3, 9, 0, 2, 2 }, key = 9, *hit;
    qsort(a, 6, sizeof *a, cmp);
    for (int i = 0; i < 6; i++) printf("%d ", a[i]);
    hit = bsearch(&key, a, 6, sizeof *a, cmp);
    printf("found at %td, %p\n", hit - a, bsearch(&(int){ 4 }, a, 6, sizeof *a, cmp));
    char *dup = strdup("duplicate"), *nd = strndup("duplicate", 3), *as;
    int len = asprintf(&as, "%d+%d", 1, 2);
    printf("%s %s %d %s\n", dup, nd, len, as);
    free(dup); free(nd); free(as);
    for (const char *p = "aZ5 \t_"; *p; p++) printf("%d%d%d%d%d ", !!isalpha(*p), !!isdigit(*p), !!isspace(*p), !!isupper(*p), !!ispunct(*p));
    printf("%c%c\n", toupper('q'), tolower('Q'));
    char *r = realloc(NULL, 4); strcpy(r, "abc"); r = realloc(r, 4000); strcat(r, "def"); puts(r); free(r);
    int *z = calloc(10, sizeof(int)); int sum = 0; for (int i = 0; i < 10; i++) sum += z[i]; printf("%d\n", sum);
    printf("%s|%s|%s\n", strerror(0), strerror(13), strerror(9999));
    char *e = stpcpy(buf, "stp"); *e++ = '!'; *e = 0; puts(buf);
    printf("%d %d\n", abs(-4), (int)labs(-5L)); div_t q = div(17, 5); printf("%d r %d\n", q.quot, q.rem);
    printf("%s\n", (char *)memchr("find me", 'm', 7));
    srand(1); int r1 = rand(); srand(1); printf("%d\n", r1 == rand());
    return 0;
}
