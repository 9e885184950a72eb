/* pgrep, pkill and pidof (lib/pgrep.c). */
#ifndef PGREP_H
#define PGREP_H
int pgrep_main(int argc, char **argv, int kills);
#endif
