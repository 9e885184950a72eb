#include <math.h>
float frexpf(float x, int *exponent) { return (float)frexp(x, exponent); }
float ldexpf(float x, int n) { return (float)ldexp(x, n); }
float modff(float x, float *whole) {
  double w;
  float rest = (float)modf(x, &w);
  *whole = (float)w;
  return rest;
}
