/* getent(1) of libc-bin: passwd, group, hosts, of the files. */
#define _GNU_SOURCE
#include <ctype.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void put_user(const struct passwd *user)
{
	printf("%s:%s:%u:%u:%s:%s:%s\n", user->pw_name, user->pw_passwd, user->pw_uid, user->pw_gid, user->pw_gecos, user->pw_dir, user->pw_shell);
}

static void put_group(const struct group *group)
{
	char **member;

	printf("%s:%s:%u:", group->gr_name, group->gr_passwd, group->gr_gid);
	for (member = group->gr_mem; *member; member++)
		printf("%s%s", member == group->gr_mem ? "" : ",", *member);
	putchar('\n');
}

static int is_number(const char *text)
{
	return *text && text[strspn(text, "0123456789")] == '\0';
}

static int users(int count, char **keys)
{
	const struct passwd *user;
	int status = 0;

	if (count == 0) {
		setpwent();
		while ((user = getpwent()) != NULL)
			put_user(user);
		return 0;
	}
	for (; count > 0; count--, keys++) {
		user = is_number(*keys) ? getpwuid((uid_t)atoi(*keys)) : getpwnam(*keys);
		if (user)
			put_user(user);
		else
			status = 2;
	}
	return status;
}

static int groups(int count, char **keys)
{
	const struct group *group;
	int status = 0;

	if (count == 0) {
		setgrent();
		while ((group = getgrent()) != NULL)
			put_group(group);
		return 0;
	}
	for (; count > 0; count--, keys++) {
		group = is_number(*keys) ? getgrgid((gid_t)atoi(*keys)) : getgrnam(*keys);
		if (group)
			put_group(group);
		else
			status = 2;
	}
	return status;
}

/* Lines of /etc/hosts; with a key those that have it. */
static int hosts(int count, char **keys)
{
	int status = 0, i;

	for (i = 0; i < (count ? count : 1); i++) {
		FILE *file = fopen("/etc/hosts", "r");
		char line[512];
		int found = 0;

		while (file && fgets(line, sizeof line, file)) {
			char *address, *word, names[512] = "";
			int matches = count == 0;

			line[strcspn(line, "#\n")] = '\0';
			address = strtok(line, " \t");
			if (!address)
				continue;
			matches |= count && strcmp(address, keys[i]) == 0;
			while ((word = strtok(NULL, " \t")) != NULL) {
				matches |= count && strcmp(word, keys[i]) == 0;
				snprintf(names + strlen(names), sizeof names - strlen(names), "%s%s", *names ? " " : "", word);
			}
			if (matches && !(found && count)) {
				printf("%-15s %s\n", address, names);
				found = 1;
			}
		}
		if (file)
			fclose(file);
		if (count && !found)
			status = 2;
	}
	return status;
}

int main(int argc, char **argv)
{
	if (argc < 2) {
		fputs("getent: wrong number of arguments\nTry `getent --help' or `getent --usage' for more information.\n", stderr);
		return 1;
	}
	if (strcmp(argv[1], "passwd") == 0)
		return users(argc - 2, argv + 2);
	if (strcmp(argv[1], "group") == 0)
		return groups(argc - 2, argv + 2);
	if (strcmp(argv[1], "hosts") == 0 || strcmp(argv[1], "ahosts") == 0)
		return hosts(argc - 2, argv + 2);
	fprintf(stderr, "Unknown database: %s\nTry `getent --help' or `getent --usage' for more information.\n", argv[1]);
	return 1;
}
