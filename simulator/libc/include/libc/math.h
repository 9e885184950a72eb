#ifndef _LIBC_MATH_H
#define _LIBC_MATH_H
#include <math.h>
/* What is calculated in TypeScript (natives/math.ts); errno is set around it. */
double __math_acos(double x);
double __math_asin(double x);
double __math_atan(double x);
double __math_cos(double x);
double __math_sin(double x);
double __math_tan(double x);
double __math_acosh(double x);
double __math_asinh(double x);
double __math_atanh(double x);
double __math_cosh(double x);
double __math_sinh(double x);
double __math_tanh(double x);
double __math_exp(double x);
double __math_exp2(double x);
double __math_exp10(double x);
double __math_expm1(double x);
double __math_log(double x);
double __math_log10(double x);
double __math_log1p(double x);
double __math_log2(double x);
double __math_cbrt(double x);
double __math_sqrt(double x);
double __math_ceil(double x);
double __math_floor(double x);
double __math_trunc(double x);
double __math_round(double x);
double __math_rint(double x);
double __math_atan2(double x, double y);
double __math_hypot(double x, double y);
double __math_pow(double x, double y);
double __math_fmod(double x, double y);
double __math_remainder(double x, double y);
/* Results of what is outside of the domain or the range, with errno. */
double __domain(void);
double __domain_positive(void);
double __range(double result);
double __checked(double result, int finite);
#endif
