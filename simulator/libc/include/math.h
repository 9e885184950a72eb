#ifndef _MATH_H
#define _MATH_H
typedef float float_t;
typedef double double_t;
#define HUGE_VAL (1e308 * 10)
#define HUGE_VALF ((float)HUGE_VAL)
#define HUGE_VALL ((long double)HUGE_VAL)
#define INFINITY ((float)HUGE_VAL)
#define NAN (-(INFINITY * 0.0f))
#define FP_NAN 0
#define FP_INFINITE 1
#define FP_ZERO 2
#define FP_SUBNORMAL 3
#define FP_NORMAL 4
#define FP_ILOGB0 (-2147483647 - 1)
#define FP_ILOGBNAN (-2147483647 - 1)
#define MATH_ERRNO 1
#define MATH_ERREXCEPT 2
#define math_errhandling 3
#define M_E 2.7182818284590452354
#define M_LOG2E 1.4426950408889634074
#define M_LOG10E 0.43429448190325182765
#define M_LN2 0.69314718055994530942
#define M_LN10 2.30258509299404568402
#define M_PI 3.14159265358979323846
#define M_PI_2 1.57079632679489661923
#define M_PI_4 0.78539816339744830962
#define M_1_PI 0.31830988618379067154
#define M_2_PI 0.63661977236758134308
#define M_2_SQRTPI 1.12837916709551257390
#define M_SQRT2 1.41421356237309504880
#define M_SQRT1_2 0.70710678118654752440
int __fpclassify(double);
int __signbit(double);
#define fpclassify(x) __fpclassify(sizeof(x) == sizeof(float) && (x) != 0 && (x) < 1.17549435082228750797e-38 && (x) > -1.17549435082228750797e-38 ? 4.94065645841246544177e-324 : (double)(x))
#define isnan(x) ((x) != (x))
#define isinf(x) __isinf((double)(x))
#define isfinite(x) (__isfinite((double)(x)) != 0)
#define isnormal(x) (fpclassify(x) == FP_NORMAL)
#define signbit(x) __signbit((double)(x))
int __isinf(double);
int __isfinite(double);
#define isgreater(x, y) ((x) > (y))
#define isgreaterequal(x, y) ((x) >= (y))
#define isless(x, y) ((x) < (y))
#define islessequal(x, y) ((x) <= (y))
#define isunordered(x, y) (isnan(x) || isnan(y))
#define __MATH1(name) double name(double); float name##f(float); long double name##l(long double);
#define __MATH2(name) double name(double, double); float name##f(float, float); long double name##l(long double, long double);
__MATH1(acos) __MATH1(asin) __MATH1(atan) __MATH1(cos) __MATH1(sin) __MATH1(tan) __MATH1(acosh) __MATH1(asinh) __MATH1(atanh) __MATH1(cosh) __MATH1(sinh) __MATH1(tanh)
__MATH1(exp) __MATH1(exp2) __MATH1(expm1) __MATH1(log) __MATH1(log10) __MATH1(log1p) __MATH1(log2) __MATH1(logb) __MATH1(cbrt) __MATH1(fabs) __MATH1(sqrt)
__MATH1(ceil) __MATH1(floor) __MATH1(nearbyint) __MATH1(rint) __MATH1(round) __MATH1(trunc)
__MATH2(atan2) __MATH2(hypot) __MATH2(pow) __MATH2(fmod) __MATH2(remainder) __MATH2(copysign) __MATH2(nextafter) __MATH2(fdim) __MATH2(fmax) __MATH2(fmin)
double frexp(double, int *);
float frexpf(float, int *);
double ldexp(double, int);
float ldexpf(float, int);
double modf(double, double *);
float modff(float, float *);
double scalbn(double, int);
double scalbln(double, long);
int ilogb(double);
double fma(double, double, double);
double nan(const char *);
long lrint(double);
long lround(double);
long lroundf(float);
long lrintf(float);
long long llrint(double);
long long llround(double);
double exp10(double);
double tgamma(double);
double lgamma(double);
double erf(double);
double erfc(double);
void sincos(double, double *, double *);
#undef __MATH1
#undef __MATH2
#endif
