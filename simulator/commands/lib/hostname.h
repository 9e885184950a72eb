/* hostname and domainname are one program (lib/hostname.c). */
#ifndef HOSTNAME_H
#define HOSTNAME_H
int hostname_main(int argc, char **argv);
#endif
