/* newuidmap and newgidmap (lib/idmap.c). */
#ifndef IDMAP_H
#define IDMAP_H
int idmap_main(int argc, char **argv, const char *kind);
#endif
