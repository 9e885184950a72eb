#include "prelude.h"
int main(void){ volatile long a=1L<<63, b=-1; return a/b; }
