/* arp(8) of net-tools 2.10: /proc/net/arp. */
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	FILE *file = fopen("/proc/net/arp", "r");
	char line[256], ip[64], hw[64], mask[64], device[64];
	unsigned type, flags;
	int any = 0, bsd = 0, i;
	const char *host = NULL;

	for (i = 1; i < argc; i++) {
		if (argv[i][0] == '-')
			bsd |= strchr(argv[i], 'a') != NULL;
		else
			host = argv[i];
	}
	if (!file) {
		perror("/proc/net/arp");
		return 1;
	}
	if (!fgets(line, sizeof line, file))
		line[0] = '\0';
	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "%63s 0x%x 0x%x %63s %63s %63s", ip, &type, &flags, hw, mask, device) != 6 || (host && strcmp(host, ip) != 0))
			continue;
		if (bsd) {
			printf("? (%s) at %s%s on %s\n", ip, flags & 2 ? hw : "<incomplete>", flags & 2 ? " [ether]" : "", device);
			any = 1;
			continue;
		}
		if (!any)
			puts("Address                  HWtype  HWaddress           Flags Mask            Iface");
		any = 1;
		if (flags & 2)
			printf("%-23s  ether   %-20.20s%-6s%-15s %s\n", ip, hw, flags & 4 ? "CM" : "C", "", device);
		else
			printf("%-23s         %-20.20s      %-15s %s\n", ip, "(incomplete)", "", device);
	}
	fclose(file);
	if (host && !any)
		printf("%s (%s) -- no entry\n", host, host);
	return 0;
}
