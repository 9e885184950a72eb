/* Names without links (lib/canonical.c), for readlink and realpath. */
#ifndef CANONICAL_H
#define CANONICAL_H
enum canonical_mode { CANON_EXISTING, CANON_ALL_BUT_LAST, CANON_MISSING };
/* A fresh text, or NULL with errno. keep_links: only `.`, `..` and slashes are worked off. */
char *canonical(const char *path, enum canonical_mode mode, int keep_links);
#endif
