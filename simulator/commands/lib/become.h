/* su and runuser (lib/become.c). */
#ifndef BECOME_H
#define BECOME_H
int become_main(int argc, char **argv, int is_su);
#endif
