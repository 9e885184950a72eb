#include <stdio.h>
int divide(int a, int b) { return a / b; }
int main(void) { printf("before\n"); printf("%d\n", divide(10, 0)); return 0; }
