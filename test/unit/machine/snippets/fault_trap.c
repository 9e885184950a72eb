#include "prelude.h"
int main(void){ __builtin_trap(); }
