// math.h: exact functions exactly, the others to 12 digits; errno of what has no result.
#define _GNU_SOURCE
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint64_t state = 9;
static double next(void) {
  state = state * 6364136223846793005u + 1442695040888963407u;
  return (double)(int64_t)(state >> 11) / (double)(1ll << 45) - 128;
}
#define ONE(f) do { errno = 0; double r = f(x); printf(#f "(%g) %.11e %d; ", x, r, errno); } while (0)
#define EXACT(f) do { errno = 0; double r = f(x); printf(#f "(%g) %a %d; ", x, r, errno); } while (0)
#define TWO(f) do { errno = 0; double r = f(x, y); printf(#f "(%g, %g) %.11e %d; ", x, y, r, errno); } while (0)

static void all(double x, double y) {
  int e;
  double w;
  ONE(sin); ONE(cos); ONE(tan); ONE(asin); ONE(acos); ONE(atan); ONE(sinh); ONE(cosh); ONE(tanh); ONE(asinh); ONE(acosh); ONE(atanh);
  ONE(exp); ONE(exp2); ONE(expm1); ONE(log); ONE(log2); ONE(log10); ONE(log1p); ONE(cbrt);
  EXACT(sqrt); EXACT(ceil); EXACT(floor); EXACT(trunc); EXACT(round); EXACT(rint); EXACT(nearbyint); EXACT(fabs); EXACT(logb);
  TWO(atan2); TWO(pow); TWO(hypot); TWO(fmod); TWO(remainder); TWO(copysign); TWO(fmax); TWO(fmin); TWO(fdim); TWO(nextafter);
  double m = frexp(x, &e), rest = modf(x, &w);
  printf("%a %d %a %a %a %a %d %d %d %d %d %ld %ld\n", m, e, rest, w, ldexp(x, 5), scalbn(x, -1070), isnan(x) != 0, isinf(x) != 0, isfinite(x) != 0, signbit(x) != 0, fpclassify(x), fabs(x) < 1e9 ? lround(x) : 0, fabs(x) < 1e9 ? lrint(x) : 0);
}
int main(void) {
  static const double special[] = { 0.0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 2, 10, 1e300, -1e300, 5e-324, 1e-310, 4503599627370497.5, 1e16, 709.9, -750, 3.141592653589793 };
  for (unsigned i = 0; i < sizeof special / sizeof *special; i++) for (unsigned k = 0; k < 2; k++) all(special[i], special[(i * 3 + k) % 20]);
  for (int i = 0; i < 60; i++) all(next(), next());
  for (int i = 0; i < 60; i++) all(next() / 128, next() / 16);
  all(INFINITY, 2);
  all(-INFINITY, 3);
  all(2, INFINITY);
  printf("%g %g %.9g %.9g %d\n", (double)sqrtf(2), (double)powf(2, 0.5f), (double)sinf(1), (double)fabsf(-3), (int)floorf(-1.5f));
  printf("%Lg %Lg\n", sqrtl(2.0L), fabsl(-1.5L));
  return 0;
}
