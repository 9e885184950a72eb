/* less and more (lib/pager.c): on a terminal a page at a time, else as cat. */
#ifndef PAGER_H
#define PAGER_H
int pager_main(int argc, char **argv, const char *prompt, int at_end_quits);
#endif
