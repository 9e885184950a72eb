#include <features.h>
#undef assert
#ifdef NDEBUG
#define assert(expression) ((void)0)
#else
_Noreturn void __assert_fail(const char *, const char *, unsigned, const char *);
#define assert(expression) ((expression) ? (void)0 : __assert_fail(#expression, __FILE__, __LINE__, __func__))
#endif
#ifdef __USE_GNU
_Noreturn void __assert_perror_fail(int, const char *, unsigned, const char *);
#undef assert_perror
#ifdef NDEBUG
#define assert_perror(error) ((void)0)
#else
#define assert_perror(error) (!(error) ? (void)0 : __assert_perror_fail((error), __FILE__, __LINE__, __func__))
#endif
#endif
#undef static_assert
#define static_assert _Static_assert
