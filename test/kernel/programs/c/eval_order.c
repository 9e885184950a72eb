/* programs rely on what gcc does: arguments are evaluated from the last to the first */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
static int n;
static int next(void) { return ++n; }
static int three(int a, int b, int c) { return a * 100 + b * 10 + c; }
int main(void)
{
    printf("%d %d %d\n", next(), next(), next());
    printf("%d\n", three(next(), next(), next()));
    printf("chdir %d: %s\n", chdir("/nowhere"), strerror(errno));
    printf("chdir %d: %s\n", chdir("/nowhere"), strerror(errno));
    int i = 3, a[] = { next(), next(), next() };
    printf("%d %d %d\n", a[0], a[1], a[2]);
    int r = next() - next() * next();
    printf("%d\n", r);
    (i == 3 ? &a[0] : &a[1])[next() - n]++;
    printf("%d\n", a[0]);
    return 0;
}
