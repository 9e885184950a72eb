#include "work.h"
static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
long work(void) { return fib(35); }
