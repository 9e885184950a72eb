#include <stdio.h>
int main(void) { printf("Grüße, 世界 \\ \t.\n"); printf("no newline"); return 0; }
