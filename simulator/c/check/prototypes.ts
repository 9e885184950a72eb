import { bytesOf } from '../bytes.ts';
import { preprocess } from '../preprocess/preprocess.ts';
import { translationUnit } from '../parse/translation_unit.ts';
import { Unit } from '../parse/unit.ts';
import type { FunctionType } from '../types.ts';

/**
 * Functions of the C library that gcc knows by itself: what an undeclared one is taken to be, and what `__builtin_NAME` means. `FILE *` is `void *` there.
 * Others that are called without a declaration return int.
 */
const TEXT = `
int printf(const char *, ...); int fprintf(void *, const char *, ...); int sprintf(char *, const char *, ...); int snprintf(char *, __SIZE_TYPE__, const char *, ...);
int vprintf(const char *, __builtin_va_list); int vfprintf(void *, const char *, __builtin_va_list); int vsprintf(char *, const char *, __builtin_va_list);
int vsnprintf(char *, __SIZE_TYPE__, const char *, __builtin_va_list); int scanf(const char *, ...); int sscanf(const char *, const char *, ...); int fscanf(void *, const char *, ...);
int puts(const char *); int putchar(int); int fputs(const char *, void *); int fputc(int, void *); int putc(int, void *); __SIZE_TYPE__ fwrite(const void *, __SIZE_TYPE__, __SIZE_TYPE__, void *);
void *malloc(__SIZE_TYPE__); void *calloc(__SIZE_TYPE__, __SIZE_TYPE__); void *realloc(void *, __SIZE_TYPE__); void free(void *); void *aligned_alloc(__SIZE_TYPE__, __SIZE_TYPE__);
int posix_memalign(void **, __SIZE_TYPE__, __SIZE_TYPE__);
void exit(int); void _exit(int); void _Exit(int); void abort(void); int abs(int); long labs(long); long long llabs(long long);
void *memcpy(void *, const void *, __SIZE_TYPE__); void *memmove(void *, const void *, __SIZE_TYPE__); void *memset(void *, int, __SIZE_TYPE__); int memcmp(const void *, const void *, __SIZE_TYPE__);
void *memchr(const void *, int, __SIZE_TYPE__); void *mempcpy(void *, const void *, __SIZE_TYPE__); int bcmp(const void *, const void *, __SIZE_TYPE__); void bcopy(const void *, void *, __SIZE_TYPE__); void bzero(void *, __SIZE_TYPE__);
__SIZE_TYPE__ strlen(const char *); __SIZE_TYPE__ strnlen(const char *, __SIZE_TYPE__); char *strcpy(char *, const char *); char *strncpy(char *, const char *, __SIZE_TYPE__); char *stpcpy(char *, const char *);
char *stpncpy(char *, const char *, __SIZE_TYPE__); char *strcat(char *, const char *); char *strncat(char *, const char *, __SIZE_TYPE__); int strcmp(const char *, const char *);
int strncmp(const char *, const char *, __SIZE_TYPE__); int strcasecmp(const char *, const char *); int strncasecmp(const char *, const char *, __SIZE_TYPE__); char *strchr(const char *, int);
char *strrchr(const char *, int); char *index(const char *, int); char *rindex(const char *, int); char *strstr(const char *, const char *); __SIZE_TYPE__ strspn(const char *, const char *);
__SIZE_TYPE__ strcspn(const char *, const char *); char *strpbrk(const char *, const char *); char *strdup(const char *); char *strndup(const char *, __SIZE_TYPE__);
int isalnum(int); int isalpha(int); int isblank(int); int iscntrl(int); int isdigit(int); int isgraph(int); int islower(int); int isprint(int); int ispunct(int); int isspace(int); int isupper(int); int isxdigit(int);
int tolower(int); int toupper(int); int toascii(int); int isascii(int);
double sin(double); double cos(double); double tan(double); double asin(double); double acos(double); double atan(double); double atan2(double, double); double sinh(double); double cosh(double); double tanh(double);
double exp(double); double exp2(double); double log(double); double log2(double); double log10(double); double pow(double, double); double sqrt(double); double cbrt(double); double hypot(double, double);
double fabs(double); double floor(double); double ceil(double); double round(double); double trunc(double); double fmod(double, double); double rint(double); double nearbyint(double); double ldexp(double, int);
double frexp(double, int *); double modf(double, double *); double fmin(double, double); double fmax(double, double); double copysign(double, double); long lround(double); long lrint(double); long long llround(double);
float sinf(float); float cosf(float); float sqrtf(float); float fabsf(float); float powf(float, float); float floorf(float); float ceilf(float); float roundf(float); float expf(float); float logf(float); float fmodf(float, float); float truncf(float);
int fork(void); int execl(const char *, const char *, ...); int execlp(const char *, const char *, ...); int execle(const char *, const char *, ...); int execv(const char *, char *const []);
int execvp(const char *, char *const []); int execve(const char *, char *const [], char *const []); int dcgettext(); char *gettext(const char *); int ffs(int); int ffsl(long); int ffsll(long long);
`;

let known: ReadonlyMap<string, FunctionType> | null = null;

export function builtinPrototype(name: string): FunctionType | null {
  known ??= read();
  return known.get(name) ?? null;
}

function read(): ReadonlyMap<string, FunctionType> {
  // while this text is read, nothing is known: it uses no function
  known = new Map();
  const none = { read: () => null };
  const unit = new Unit(preprocess('<built-in>', bytesOf(TEXT), none, none));
  translationUnit(unit);
  const found = new Map<string, FunctionType>();
  for (const symbol of unit.linked.values()) if (symbol.type.kind === 'function') found.set(symbol.name, symbol.type);
  return found;
}
