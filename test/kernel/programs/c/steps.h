/* a small framework, as books have it beside their programs */
#ifndef STEPS_H
#define STEPS_H
#include <stdio.h>
#include <stdlib.h>
typedef enum { FALSE, TRUE } Boolean;
#define min(m, n) ((m) < (n) ? (m) : (n))
#define LIST(X) X(ALPHA, "a") X(BETA, "b") X(GAMMA, "c")
#ifdef __GNUC__
#define NORETURN __attribute__((__noreturn__))
#else
#define NORETURN
#endif
void NORETURN usageErr(const char *format, ...);
extern int steps_done;
#define STEP(...) (steps_done++, printf("%d. ", steps_done), printf(__VA_ARGS__))
#endif
