/* run: {"stdin": "5 7\nabc def\n3.5\nlast line without newline"} */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <stdarg.h>
#include <unistd.h>
static void logf_(const char *f, ...) { va_list a; va_start(a, f); vfprintf(stderr, f, a); va_end(a); }
int main(void) {
  int a, b; char w1[10], w2[10]; double d; printf("Enter two numbers: "); if (scanf("%d %d", &a, &b) == 2) printf("sum %d\n", a + b); scanf("%9s %9s", w1, w2); printf("%s-%s\n", w1, w2); scanf("%lf", &d); printf("%g\n", d); int c; while ((c = getchar()) != EOF && c != '\n'); char line[100]; while (fgets(line, 100, stdin)) printf("line [%s]\n", line); printf("eof %d err %d scanf %d\n", feof(stdin) != 0, ferror(stdin), scanf("%d", &a)); logf_("log %s %d\n", "x", 3);
  FILE *f = fopen("/tmp/st", "w+"); fprintf(f, "alpha\nbeta\ngamma\n"); rewind(f); fscanf(f, "%9s", w1); fseek(f, -6, SEEK_END); fgets(line, 100, f); printf("%s %s", w1, line); fseek(f, 0, SEEK_SET); fputc('A', f); fflush(f); rewind(f); printf("%c", fgetc(f)); ungetc('Q', f); printf("%c\n", fgetc(f)); fclose(f); f = fopen("/tmp/st", "a"); fputs("delta\n", f); printf("%ld\n", ftell(f)); fclose(f); f = freopen("/tmp/st", "r", stdin); int n = 0; while (fgets(line, 100, stdin)) n++; printf("%d lines\n", n); f = fopen("/nonexistent", "r"); if (!f) fprintf(stderr, "fopen: %s\n", strerror(errno)); struct { int x; char y; } rec = { 1, 'z' }, in; f = fopen("/tmp/bin", "wb"); printf("%zu\n", fwrite(&rec, sizeof rec, 1, f)); fclose(f); f = fopen("/tmp/bin", "rb"); printf("%zu %zu\n", fread(&in, sizeof in, 1, f), fread(&in, sizeof in, 1, f)); printf("%d %c\n", in.x, in.y); char *m; size_t ms; FILE *mf = open_memstream(&m, &ms); fprintf(mf, "mem %d", 9); fclose(mf); printf("%s %zu\n", m, ms); f = fmemopen("in memory", 9, "r"); fscanf(f, "%*s %s", w1); puts(w1); setbuf(stdout, NULL); printf("unbuffered "); dprintf(1, "direct "); puts("end"); dup2(1, 2); perror("to stdout"); printf("%s", (char *)0 ? "" : "(nil)\n"); remove("/tmp/st"); putchar('x'); write(1, "y", 1); putchar('\n'); for (int i = 0; i < 3; i++) { fputs(i ? "," : "", stdout); printf("%d", i); } _exit(puts("") > 0 ? 4 : 5);
}
