#define _GNU_SOURCE
#include <time.h>
#include <unistd.h>

int usleep(useconds_t microseconds) {
  struct timespec t = { microseconds / 1000000, (long)(microseconds % 1000000) * 1000 };
  return nanosleep(&t, 0);
}
