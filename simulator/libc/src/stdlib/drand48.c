#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

static unsigned short own[3];
static unsigned long multiplier = 0x5deece66dul, addend = 11;

static unsigned long step(unsigned short x[3]) {
  unsigned long value = ((unsigned long)x[2] << 32 | (unsigned long)x[1] << 16 | x[0]) * multiplier + addend;
  x[0] = (unsigned short)value;
  x[1] = (unsigned short)(value >> 16);
  x[2] = (unsigned short)(value >> 32);
  return value & 0xfffffffffffful;
}
double erand48(unsigned short x[3]) { return (double)step(x) / 281474976710656.0; }
double drand48(void) { return erand48(own); }
long nrand48(unsigned short x[3]) { return (long)(step(x) >> 17); }
long lrand48(void) { return nrand48(own); }
long jrand48(unsigned short x[3]) { return (int)(step(x) >> 16); }
long mrand48(void) { return jrand48(own); }
void srand48(long seed) {
  own[0] = 0x330e;
  own[1] = (unsigned short)seed;
  own[2] = (unsigned short)(seed >> 16);
  multiplier = 0x5deece66dul;
  addend = 11;
}
unsigned short *seed48(unsigned short seed[3]) {
  static unsigned short old[3];
  memcpy(old, own, sizeof old);
  memcpy(own, seed, sizeof own);
  multiplier = 0x5deece66dul;
  addend = 11;
  return old;
}
void lcong48(unsigned short parameters[7]) {
  memcpy(own, parameters, sizeof own);
  multiplier = (unsigned long)parameters[5] << 32 | (unsigned long)parameters[4] << 16 | parameters[3];
  addend = parameters[6];
}
