/* free(1) of procps 4.0.2. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static unsigned long long total, unused, available, buffers, cached, reclaimable, shared, swap_total, swap_free;
static unsigned long long unit = 1024;
static int human, si;

static void read_memory(void)
{
	static const struct { const char *name; unsigned long long *value; } rows[] = {
		{ "MemTotal:", &total }, { "MemFree:", &unused }, { "MemAvailable:", &available }, { "Buffers:", &buffers }, { "Cached:", &cached },
		{ "SReclaimable:", &reclaimable }, { "Shmem:", &shared }, { "SwapTotal:", &swap_total }, { "SwapFree:", &swap_free },
	};
	FILE *file = fopen("/proc/meminfo", "r");
	char name[64], line[256];
	unsigned long long value;
	size_t i;

	if (!file) {
		fputs("free: Unable to create meminfo structure\n", stderr);
		exit(1);
	}
	while (fgets(line, sizeof line, file))
		if (sscanf(line, "%63s %llu", name, &value) == 2)
			for (i = 0; i < sizeof rows / sizeof *rows; i++)
				if (strcmp(rows[i].name, name) == 0)
					*rows[i].value = value;
	fclose(file);
}

static const char *scaled(unsigned long long kib)
{
	static char buffers_of[8][24];
	static int next;
	char *text = buffers_of[next = (next + 1) % 8];
	static const char units[] = "BKMGTP";
	double value = (double)kib * 1024, base = si ? 1000 : 1024;
	int i;

	if (!human) {
		snprintf(text, 24, "%llu", kib * 1024 / unit);
		return text;
	}
	for (i = 0; i < 6; i++, value /= base) {
		if (i == 0)
			snprintf(text, 24, "%lluB", (unsigned long long)value);
		else if (value < 10)
			snprintf(text, 24, "%.1f%c%s", value, units[i], si ? "" : "i");
		else
			snprintf(text, 24, "%d%c%s", (int)value, units[i], si ? "" : "i");
		if (strlen(text) <= (si ? 4u : 5u))
			break;
	}
	return text;
}

static void show(int wide, int with_total, int low_high)
{
	unsigned long long cache = cached + reclaimable, used = total > available ? total - available : total - unused;

	if (wide)
		printf("%20s %11s %11s %11s %11s %11s %11s\n", "total", "used", "free", "shared", "buffers", "cache", "available");
	else
		printf("%20s %11s %11s %11s %11s %11s\n", "total", "used", "free", "shared", "buff/cache", "available");
	if (wide)
		printf("%-9s%11s %11s %11s %11s %11s %11s %11s\n", "Mem:", scaled(total), scaled(used), scaled(unused), scaled(shared), scaled(buffers), scaled(cache), scaled(available));
	else
		printf("%-9s%11s %11s %11s %11s %11s %11s\n", "Mem:", scaled(total), scaled(used), scaled(unused), scaled(shared), scaled(buffers + cache), scaled(available));
	if (low_high) {
		printf("%-9s%11s %11s %11s\n", "Low:", scaled(total), scaled(total - unused), scaled(unused));
		printf("%-9s%11s %11s %11s\n", "High:", scaled(0), scaled(0), scaled(0));
	}
	printf("%-9s%11s %11s %11s\n", "Swap:", scaled(swap_total), scaled(swap_total - swap_free), scaled(swap_free));
	if (with_total)
		printf("%-9s%11s %11s %11s\n", "Total:", scaled(total + swap_total), scaled(used + swap_total - swap_free), scaled(unused + swap_free));
}

int main(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "bytes", 0, NULL, 'b' }, { "kibi", 0, NULL, 'k' }, { "mebi", 0, NULL, 'm' }, { "gibi", 0, NULL, 'g' }, { "human", 0, NULL, 'h' }, { "si", 0, NULL, 'S' },
		{ "lohi", 0, NULL, 'l' }, { "total", 0, NULL, 't' }, { "seconds", 1, NULL, 's' }, { "count", 1, NULL, 'c' }, { "wide", 0, NULL, 'w' },
		{ "help", 0, NULL, 'H' }, { "version", 0, NULL, 'V' }, { NULL, 0, NULL, 0 },
	};
	int option, wide = 0, with_total = 0, low_high = 0, count = 1;
	double seconds = 0;

	while ((option = getopt_long(argc, argv, "bkmghltc:ws:V", longs, NULL)) != -1) {
		switch (option) {
		case 'b': unit = 1; break;
		case 'k': unit = 1024; break;
		case 'm': unit = 1024 * 1024; break;
		case 'g': unit = 1024 * 1024 * 1024; break;
		case 'h': human = 1; break;
		case 'S': si = 1; unit = 1000; break;
		case 'l': low_high = 1; break;
		case 't': with_total = 1; break;
		case 'w': wide = 1; break;
		case 's': seconds = atof(optarg); count = count == 1 ? -1 : count; break;
		case 'c': count = atoi(optarg); seconds = seconds > 0 ? seconds : 1; break;
		case 'V': puts("free from procps-ng 4.0.2"); return 0;
		default:
			fputs("\nUsage:\n free [options]\n\nOptions:\n -b, --bytes         show output in bytes\n -k, --kibi          show output in kibibytes\n"
			      " -m, --mebi          show output in mebibytes\n -g, --gibi          show output in gibibytes\n -h, --human         show human-readable output\n"
			      "     --si            use powers of 1000 not 1024\n -l, --lohi          show detailed low and high memory statistics\n"
			      " -t, --total         show total for RAM + swap\n -s N, --seconds N   repeat printing every N seconds\n"
			      " -c N, --count N     repeat printing N times, then exit\n -w, --wide          wide output\n\n     --help     display this help and exit\n"
			      " -V, --version  output version information and exit\n\nFor more details see free(1).\n", option == 'H' ? stdout : stderr);
			return option != 'H';
		}
	}
	for (;;) {
		read_memory();
		show(wide, with_total, low_high);
		if (count > 0 && --count == 0)
			return 0;
		putchar('\n');
		fflush(stdout);
		usleep((useconds_t)(seconds * 1e6));
	}
}
