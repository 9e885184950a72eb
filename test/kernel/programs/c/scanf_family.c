/* run: {"stdin": "12 -7 0x1f hello world\n3.5e2 abc,def\n  77line two\nlast"} */
/* run: {"stdin": ""} */
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <errno.h>
int main(void)
{
	int a = -1, b = -1, n; unsigned x = 0; char w[20] = "", v[20] = ""; double d = 0; float f;
	n = scanf("%d %d %x %19s", &a, &b, &x, w);
	printf("%d: %d %d %u %s\n", n, a, b, x, w);
	n = scanf("%*s %lf %19[a-z],%19[^\n]", &d, w, v);
	printf("%d: %g %s %s\n", n, d, w, v);
	n = scanf(" %2d%c", &a, w);
	printf("%d: %d %c\n", n, a, w[0]);
	char line[64];
	if (fgets(line, sizeof line, stdin)) printf("line: %s", line); else puts("no line");
	int c, k = 0;
	while ((c = getchar()) != EOF) { putchar(c); k++; }
	printf("|%d eof %d err %d\n", k, feof(stdin) != 0, ferror(stdin));
	long l; int pos = 0; char s1[8], s2[8];
	n = sscanf("123456789012 abc:def 9%", "%ld %7[^:]:%7s %n%d%%", &l, s1, s2, &pos, &a); printf("%d %ld %s %s %d %d\n", n, l, s1, s2, pos, a);
	n = sscanf("nothing", "%d", &a); printf("%d\n", n);
	n = sscanf("", "%d", &a); printf("%d\n", n);
	n = sscanf("077 010 0b", "%i %o %i", &a, &x, &b); printf("%d %d %u %d\n", n, a, x, b);
	n = sscanf("7001 (my prog) S 1", "%d (%[^)]) %c %d", &a, line, w, &b); printf("%d %d [%s] %c %d\n", n, a, line, w[0], b);
	n = sscanf("1.5 inf -2", "%f %lf %lf", &f, &d, &d); printf("%d %g\n", n, f);
	char *end;
	printf("%ld ", strtol("  -0x1Fz", &end, 16)); printf("[%s]\n", end);
	printf("%ld %s\n", strtol("99999999999999999999", &end, 10), strerror(errno));
	printf("%lu %ld %ld\n", strtoul("-1", NULL, 10), strtol("0777", NULL, 0), strtol("12abc", NULL, 0));
	printf("%d %g %d\n", atoi(" 42xyz"), atof("2.5e-3q"), atoi("none"));
	return 0;
}
