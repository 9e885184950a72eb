#ifndef _MALLOC_H
#define _MALLOC_H
#include <stdio.h>
#include <stdlib.h>
struct mallinfo2 { size_t arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks, fordblks, keepcost; };
void *memalign(size_t, size_t);
void *pvalloc(size_t);
size_t malloc_usable_size(void *);
int malloc_trim(size_t);
struct mallinfo2 mallinfo2(void);
#endif
