#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
int getloadavg(double *loads, int count) {
  FILE *f = fopen("/proc/loadavg", "re");
  int done = 0;
  if (!f) return -1;
  while (done < count && done < 3 && fscanf(f, "%lf", &loads[done]) == 1) done++;
  fclose(f);
  return done;
}
