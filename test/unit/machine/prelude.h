// What the snippets print with: the same source for gcc and for the simulator, on nothing but the write and exit system calls.
#ifdef SIMULATED
long __syscall(long nr, long a, long b, long c, long d, long e, long f);
extern const struct { const void *data; unsigned long data_size, size, align; } __tls_template;
extern void (*const __init_array_start[])(int, char **, char **), (*const __init_array_end[])(int, char **, char **);
static void put(const char *s, long n) { __syscall(1, 1, (long)s, n, 0, 0, 0); }
typedef struct { long words[8]; } place;
#define SETJMP(p) __setjmp(&(p))
#define LONGJMP(p, v) __longjmp(&(p), v)
#else
#include <setjmp.h>
#include <unistd.h>
static void put(const char *s, long n) { if (write(1, s, n) != n) _exit(99); }
#define place jmp_buf
#define SETJMP(p) setjmp(p)
#define LONGJMP(p, v) longjmp(p, v)
#endif

typedef unsigned long size;
#define COUNT(a) ((int)(sizeof(a) / sizeof((a)[0])))
#define NULL ((void *)0)

static char printed[4096];
static int filled;
static void flush(void) { put(printed, filled); filled = 0; }
static void letter(char c) { if (filled == sizeof printed) flush(); printed[filled++] = c; }
static size length(const char *s) { const char *p = s; while (*p) p++; return p - s; }
static void copy(void *to, const void *from, size n) { char *t = to; const char *f = from; while (n--) *t++ = *f++; }
static void fill(void *to, int c, size n) { char *t = to; while (n--) *t++ = c; }
static unsigned long bits(double d) { unsigned long u; copy(&u, &d, 8); return u; }
static unsigned bits32(float f) { unsigned u; copy(&u, &f, 4); return u; }

static void digits(unsigned long u, unsigned base, int width, char pad, int minus) {
  char buffer[24], *p = buffer + sizeof buffer;
  do *--p = "0123456789abcdef"[u % base]; while (u /= base);
  if (minus) *--p = '-';
  for (int n = buffer + sizeof buffer - p; n < width; n++) letter(pad);
  while (p < buffer + sizeof buffer) letter(*p++);
}

/** Like printf, for %d %u %x %c %s with l, h, z and a width; a double (%f) and a long double (%Lf) as their bits. */
static void print(const char *format, ...) {
  __builtin_va_list ap;
  __builtin_va_start(ap, format);
  for (const char *f = format; *f; f++) {
    if (*f != '%') { letter(*f); continue; }
    int wide = 0, width = 0, extended = 0;
    char pad = *++f == '0' ? '0' : ' ';
    for (; *f >= '0' && *f <= '9'; f++) width = width * 10 + *f - '0';
    for (; *f == 'l' || *f == 'h' || *f == 'z' || *f == 'L'; f++) { wide |= *f == 'l' || *f == 'z'; extended |= *f == 'L'; }
    switch (*f) {
      case 'd': { long v = wide ? __builtin_va_arg(ap, long) : __builtin_va_arg(ap, int); digits(v < 0 ? -(unsigned long)v : v, 10, width, pad, v < 0); break; }
      case 'u': digits(wide ? __builtin_va_arg(ap, unsigned long) : __builtin_va_arg(ap, unsigned), 10, width, pad, 0); break;
      case 'x': digits(wide ? __builtin_va_arg(ap, unsigned long) : __builtin_va_arg(ap, unsigned), 16, width, pad, 0); break;
      case 'c': letter(__builtin_va_arg(ap, int)); break;
      case 's': for (const char *s = __builtin_va_arg(ap, const char *); *s; s++) letter(*s); break;
      case 'f': digits(bits(extended ? (double)__builtin_va_arg(ap, long double) : __builtin_va_arg(ap, double)), 16, 16, '0', 0); break;
      default: letter(*f);
    }
  }
  __builtin_va_end(ap);
  flush();
}
/** Many results as one number. */
static unsigned long hash = 1469598103934665603UL;
static void mix(unsigned long v) { hash = (hash ^ v) * 1099511628211UL; }

int main(void);
#ifdef SIMULATED
static char thread_area[4096] __attribute__((aligned(64)));
void _start(long *sp) {
  char *top = thread_area + sizeof thread_area - 64;
  copy(top - __tls_template.size, __tls_template.data, __tls_template.data_size);
  __syscall(158, 0x1002, (long)top, 0, 0, 0, 0);
  for (void (*const *f)(int, char **, char **) = __init_array_start; f < __init_array_end; f++) (*f)(0, (char **)0, (char **)0);
  __syscall(60, main(), 0, 0, 0, 0, 0);
}
#endif
