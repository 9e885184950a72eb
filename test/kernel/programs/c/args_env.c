/* run: {"args": ["-abc", "--", "-x", "a b", "", "ünï"]} */
/* run: {"args": ["file", "-n", "5", "more", "-v"]} */
/* run: {"args": ["-n"]} */
/* run: {"args": ["-n5", "-q", "-v"]} */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
extern char **environ;
static int cmp(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
int main(int argc, char *argv[], char *envp[])
{
    int i, c, n = 0;
    for (i = 0; i <= argc; i++) printf("argv[%d] = %s\n", i, argv[i] ? argv[i] : "(null)");
    while ((c = getopt(argc, argv, "abcn:v::")) != -1)
        switch (c) {
        case 'n': printf("n=%s\n", optarg); break;
        case 'v': printf("v=%s\n", optarg ? optarg : "none"); break;
        case '?': printf("unknown %c, optind %d\n", optopt, optind); break;
        default: printf("%c\n", c);
        }
    printf("rest from %d:", optind);
    for (i = optind; i < argc; i++) printf(" <%s>", argv[i]);
    puts("");
    for (n = 0; envp[n]; n++);
    qsort(environ, n, sizeof *environ, cmp);
    for (i = 0; i < n; i++) if (strncmp(environ[i], "_=", 2)) puts(environ[i]);
    return argc;
}
