#include "prelude.h"
int rec(int n) { volatile char b[100]; b[0] = n; return rec(n + 1) + b[0]; } int main(void) { return rec(0); }
