#define _GNU_SOURCE
#include <stdlib.h>
double atof(const char *text) { return strtod(text, 0); }
