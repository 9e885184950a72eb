#include "prelude.h"
static const int c[3]={1,2,3}; int main(void){ *(int*)c=4; return c[0]; }
