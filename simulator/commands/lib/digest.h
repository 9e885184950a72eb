/* Digests of files, and the commands md5sum, sha1sum … sha512sum (lib/digest.c, lib/digest_sum.c). */
#ifndef DIGEST_H
#define DIGEST_H
#include <stddef.h>
#include <stdint.h>

enum digest_kind { DIGEST_MD5, DIGEST_SHA1, DIGEST_SHA224, DIGEST_SHA256, DIGEST_SHA384, DIGEST_SHA512 };
struct digest { enum digest_kind kind; uint64_t state[8], total; unsigned char bytes[128]; };

void digest_start(struct digest *d, enum digest_kind kind);
void digest_add(struct digest *d, const unsigned char *bytes, size_t count);
/* The digest in hexadecimal; how many digits. */
int digest_end(struct digest *d, char text[129]);
int digest_main(int argc, char **argv, enum digest_kind kind);
#endif
