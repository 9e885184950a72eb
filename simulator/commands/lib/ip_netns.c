/* `ip netns`: named net namespaces are files in /run/netns on which their nsfs files are mounted. */
#define _GNU_SOURCE
#include "ip.h"

#include <linux/net_namespace.h>

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

#define RUN "/run/netns"

static bool valid(const char *name)
{
	if (*name && !strchr(name, '/') && strcmp(name, ".") && strcmp(name, "..") && strlen(name) < 255)
		return true;
	fprintf(stderr, "Invalid netns name \"%s\"\n", name);
	return false;
}

static const char *path_of(const char *name)
{
	static char path[PATH_MAX];
	snprintf(path, sizeof path, RUN "/%s", name);
	return path;
}

/* What is mounted in the directory must be seen in every mount namespace that shares it; so it is a shared mount of its own. */
static bool prepare(void)
{
	bool tried = false;
	if (mkdir(RUN, 0755) != 0 && errno != EEXIST) {
		fprintf(stderr, "mkdir %s failed: %s\n", RUN, strerror(errno));
		return false;
	}
	while (mount("", RUN, "none", MS_SHARED | MS_REC, NULL)) {
		if (errno != EINVAL || tried) {
			fprintf(stderr, "mount --make-shared %s failed: %s\n", RUN, strerror(errno));
			return false;
		}
		if (mount(RUN, RUN, "none", MS_BIND | MS_REC, NULL)) {
			fprintf(stderr, "mount --bind %s %s failed: %s\n", RUN, RUN, strerror(errno));
			return false;
		}
		tried = true;
	}
	return true;
}

static int forget(const char *name)
{
	const char *path = path_of(name);
	umount2(path, MNT_DETACH);
	if (unlink(path) < 0) {
		fprintf(stderr, "Cannot remove namespace file \"%s\": %s\n", path, strerror(errno));
		return 1;
	}
	return 0;
}

/* A new namespace under a name or, with `pid`, that of a process. */
static int add(const char *name, const char *pid)
{
	char source[64] = "/proc/self/ns/net";
	const char *path = path_of(name);
	if (!valid(name))
		return 255;
	if (pid)
		snprintf(source, sizeof source, "/proc/%.20s/ns/net", pid);
	if (!prepare())
		return 1;
	int fd = open(path, O_RDONLY | O_CREAT | O_EXCL, 0);
	if (fd < 0) {
		fprintf(stderr, "Cannot create namespace file \"%s\": %s\n", path, strerror(errno));
		return 1;
	}
	close(fd);
	int own = pid ? -1 : open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
	if (!pid && unshare(CLONE_NEWNET) < 0) {
		fprintf(stderr, "Failed to create a new network namespace \"%s\": %s\n", name, strerror(errno));
		forget(name);
		return 1;
	}
	if (mount(source, path, "none", MS_BIND, NULL) < 0) {
		fprintf(stderr, "Bind %s -> %s failed: %s\n", source, path, strerror(errno));
		forget(name);
		return 1;
	}
	if (own >= 0) {
		setns(own, CLONE_NEWNET);
		close(own);
	}
	return 0;
}

static void own_configuration(const char *name)
{
	char directory[PATH_MAX], from[PATH_MAX * 2], to[PATH_MAX];
	snprintf(directory, sizeof directory, "/etc/netns/%s", name);
	DIR *files = opendir(directory);
	struct dirent *entry;
	while (files && (entry = readdir(files))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		snprintf(from, sizeof from, "%s/%s", directory, entry->d_name);
		snprintf(to, sizeof to, "/etc/%s", entry->d_name);
		if (mount(from, to, "none", MS_BIND, NULL) < 0)
			fprintf(stderr, "Bind %s -> %s failed: %s\n", from, to, strerror(errno));
	}
	if (files)
		closedir(files);
}

void ip_enter(const char *name)
{
	int fd = open(path_of(name), O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		fprintf(stderr, "Cannot open network namespace \"%s\": %s\n", name, strerror(errno));
		exit(255);
	}
	if (setns(fd, CLONE_NEWNET) < 0) {
		fprintf(stderr, "setting the network namespace \"%s\" failed: %s\n", name, strerror(errno));
		exit(255);
	}
	close(fd);
	if (unshare(CLONE_NEWNS) < 0) {
		fprintf(stderr, "unshare failed: %s\n", strerror(errno));
		exit(255);
	}
	/* mounts made here must not be seen outside */
	if (mount("", "/", "none", MS_SLAVE | MS_REC, NULL)) {
		fprintf(stderr, "\"mount --make-rslave /\" failed: %s\n", strerror(errno));
		exit(255);
	}
	/* /sys shows the net namespace in which it was mounted */
	unsigned long flags = 0;
	struct statvfs about;
	if (umount2("/sys", MNT_DETACH) < 0 && statvfs("/sys", &about) == 0 && about.f_flag & ST_RDONLY)
		flags = MS_RDONLY;
	if (mount(name, "/sys", "sysfs", flags, NULL) < 0) {
		fprintf(stderr, "mount of /sys failed: %s\n", strerror(errno));
		exit(255);
	}
	own_configuration(name);
}

static int run(char *argv[])
{
	fflush(stdout);
	execvp(argv[0], argv);
	fprintf(stderr, "exec of \"%s\" failed: %s\n", argv[0], strerror(errno));
	return 1;
}

/* The number by which it is told of here; -1: it has none. */
static int id_of(const char *name)
{
	struct ip_request request = ip_request(RTM_GETNSID, 0, sizeof(struct rtgenmsg));
	char answer[1024];
	int id = -1, fd = open(path_of(name), O_RDONLY | O_CLOEXEC);

	request.n.nlmsg_len = NLMSG_ALIGN(request.n.nlmsg_len);
	if (fd >= 0) {
		ip_number(&request.n, NETNSA_FD, fd);
		if (ip_talk(&request, answer, sizeof answer) == 0)
			memcpy(&id, RTA_DATA((struct rtattr *)((char *)NLMSG_DATA(answer) + 4)), sizeof id);
		close(fd);
	}
	return id;
}

bool ip_netns_by_id(int id, char *out, size_t size)
{
	DIR *files = opendir(RUN);
	struct dirent *entry;
	bool found = false;

	while (files && !found && (entry = readdir(files)))
		if (*entry->d_name != '.' && id_of(entry->d_name) == id) {
			snprintf(out, size, "%s", entry->d_name);
			found = true;
		}
	if (files)
		closedir(files);
	return found;
}

static void print_name(const char *name)
{
	int id = id_of(name);

	printf(id >= 0 ? "%s (id: %d)\n" : "%s\n", name, id);
}

static int list(void)
{
	DIR *files = opendir(RUN);
	struct dirent *entry;
	while (files && (entry = readdir(files)))
		if (strcmp(entry->d_name, ".") && strcmp(entry->d_name, ".."))
			print_name(entry->d_name);
	if (files)
		closedir(files);
	return 0;
}

/* Names of the namespaces that have the same inode as the file. */
static int identify(const char *pid)
{
	char path[64];
	struct stat wanted, st;
	snprintf(path, sizeof path, "/proc/%.20s/ns/net", pid);
	if (stat(path, &wanted) < 0) {
		fprintf(stderr, "Stat of netns failed: %s\n", strerror(errno));
		return 1;
	}
	DIR *files = opendir(RUN);
	struct dirent *entry;
	bool found = false;
	while (files && (entry = readdir(files)))
		if (*entry->d_name != '.' && stat(path_of(entry->d_name), &st) == 0 && st.st_dev == wanted.st_dev && st.st_ino == wanted.st_ino) {
			printf("%s\n", entry->d_name);
			found = true;
		}
	if (files)
		closedir(files);
	if (!found)
		putchar('\n');
	return 0;
}

static int pids(const char *name)
{
	struct stat wanted, st;
	char path[300];
	if (stat(path_of(name), &wanted) < 0) {
		fprintf(stderr, "Cannot open network namespace: %s\n", strerror(errno));
		return 1;
	}
	DIR *proc = opendir("/proc");
	struct dirent *entry;
	while (proc && (entry = readdir(proc))) {
		snprintf(path, sizeof path, "/proc/%s/ns/net", entry->d_name);
		if (isdigit((unsigned char)entry->d_name[0]) && stat(path, &st) == 0 && st.st_dev == wanted.st_dev && st.st_ino == wanted.st_ino)
			printf("%s\n", entry->d_name);
	}
	if (proc)
		closedir(proc);
	return 0;
}

static int everywhere(char *argv[])
{
	DIR *files = opendir(RUN);
	struct dirent *entry;
	int status = 0;
	while (files && (entry = readdir(files))) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		printf("\nnetns: %s\n", entry->d_name);
		fflush(stdout);
		pid_t pid = fork();
		if (pid == 0) {
			ip_enter(entry->d_name);
			_exit(run(argv));
		}
		int result;
		waitpid(pid, &result, 0);
		status |= WIFEXITED(result) ? WEXITSTATUS(result) : 1;
	}
	if (files)
		closedir(files);
	return status;
}

static int missing(const char *what)
{
	fprintf(stderr, "%s\n", what);
	return 1;
}

int ip_netns(const struct ip_options *o, int argc, char *argv[])
{
	const char *verb = argc ? argv[0] : "list", *name = argc > 1 ? argv[1] : NULL;
	if (!strcmp(verb, "list") || !strcmp(verb, "show") || !strcmp(verb, "lst") || (argc && ip_is(verb, "list")))
		return list();
	if (!strcmp(verb, "add"))
		return name ? add(name, NULL) : missing("No netns name specified");
	if (!strcmp(verb, "attach"))
		return argc > 2 ? add(name, argv[2]) : missing("No PID specified");
	if (ip_is(verb, "delete"))
		return name ? forget(name) : missing("No netns name specified");
	if (!strcmp(verb, "exec")) {
		if (o->netns && !strcmp(o->netns, "-all"))
			return argc > 1 ? everywhere(argv + 1) : missing("No command specified");
		if (!name)
			return missing("No netns name specified");
		if (argc < 3)
			return missing("No command specified");
		ip_enter(name);
		return run(argv + 2);
	}
	if (ip_is(verb, "identify"))
		return identify(name ? name : "self");
	if (ip_is(verb, "pids"))
		return name ? pids(name) : missing("No netns name specified");
	if (!strcmp(verb, "set") || !strcmp(verb, "list-id") || !strcmp(verb, "monitor"))
		return ip_not_simulated("ids of net namespaces");
	fprintf(stderr, "Command \"%s\" is unknown, try \"ip netns help\".\n", verb);
	return 255;
}
