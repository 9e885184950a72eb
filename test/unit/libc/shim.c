/* What the machine's linker gives and ld does not: the template of the thread-local variables, from the program headers. */
#include <stddef.h>
struct { const void *data; unsigned long data_size, size, align; } __tls_template;
struct header { unsigned type, flags; unsigned long offset, address, physical, data_size, size, align; };
enum { AT_PHDR = 3, AT_PHENT = 4, AT_PHNUM = 5, PT_TLS = 7 };

void __shim_find_tls(long *sp) {
  unsigned long *at = (unsigned long *)(sp + 1 + sp[0] + 1), headers = 0, size = 0, count = 0;
  while (*at) at++;
  for (at++; at[0]; at += 2) {
    if (at[0] == AT_PHDR) headers = at[1];
    if (at[0] == AT_PHENT) size = at[1];
    if (at[0] == AT_PHNUM) count = at[1];
  }
  for (unsigned long i = 0; i < count; i++) {
    const struct header *h = (const struct header *)(headers + i * size);
    if (h->type != PT_TLS) continue;
    __tls_template.data = (const void *)h->address;
    __tls_template.data_size = h->data_size;
    __tls_template.size = h->size;
    __tls_template.align = h->align;
  }
}
