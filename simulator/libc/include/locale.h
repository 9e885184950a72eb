#ifndef _LOCALE_H
#define _LOCALE_H
#include <stddef.h>
enum { LC_CTYPE, LC_NUMERIC, LC_TIME, LC_COLLATE, LC_MONETARY, LC_MESSAGES, LC_ALL };
#define LC_CTYPE LC_CTYPE
#define LC_NUMERIC LC_NUMERIC
#define LC_TIME LC_TIME
#define LC_COLLATE LC_COLLATE
#define LC_MONETARY LC_MONETARY
#define LC_MESSAGES LC_MESSAGES
#define LC_ALL LC_ALL
struct lconv {
  char *decimal_point, *thousands_sep, *grouping, *int_curr_symbol, *currency_symbol, *mon_decimal_point, *mon_thousands_sep, *mon_grouping, *positive_sign, *negative_sign;
  char int_frac_digits, frac_digits, p_cs_precedes, p_sep_by_space, n_cs_precedes, n_sep_by_space, p_sign_posn, n_sign_posn;
  char int_p_cs_precedes, int_p_sep_by_space, int_n_cs_precedes, int_n_sep_by_space, int_p_sign_posn, int_n_sign_posn;
};
typedef struct __locale_struct *locale_t;
char *setlocale(int, const char *);
struct lconv *localeconv(void);
#endif
