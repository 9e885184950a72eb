/* chown and chgrp (lib/chown.c). */
#ifndef CHOWN_H
#define CHOWN_H
int chown_main(int argc, char **argv, int group_only);
#endif
