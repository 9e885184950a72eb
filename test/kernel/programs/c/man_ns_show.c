/* run: {"args": ["/proc/self/ns/user"]} */
/* run: {"args": ["/proc/self/ns/pid"]} */
/* run: {"args": ["/proc/self/ns/user", "p"]} */
/* run: {"args": ["/proc/self/ns/pid", "p"]} */
/* run: {"args": ["/proc/self/ns/uts", "p"]} */
/* run: {"args": ["/etc/passwd", "p"]} */
#include <errno.h>
#include <fcntl.h>
#include <linux/nsfs.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

int
main(int argc, char *argv[])
{
    int          fd, userns_fd, parent_fd;
    struct stat  sb;

    if (argc < 2) {
        fprintf(stderr, "Usage: %s /proc/[pid]/ns/[file] [p|u]\n", argv[0]);
        exit(EXIT_FAILURE);
    }
    fd = open(argv[1], O_RDONLY);
    if (fd == -1) { perror("open"); exit(EXIT_FAILURE); }
    userns_fd = ioctl(fd, NS_GET_USERNS);
    if (userns_fd == -1) {
        if (errno == EPERM)
            printf("The owning user namespace is outside your namespace scope\n");
        else
            perror("ioctl-NS_GET_USERNS");
        if (errno != EPERM) exit(EXIT_FAILURE);
    } else {
        if (fstat(userns_fd, &sb) == -1) { perror("fstat-userns"); exit(EXIT_FAILURE); }
        printf("Device/Inode of owning user namespace is: [%x,%x] / %ju\n",
               major(sb.st_dev) , minor(sb.st_dev) > 0, (uintmax_t) sb.st_ino);
        close(userns_fd);
    }
    if (argc > 2 && strchr(argv[2], 'p')) {
        parent_fd = ioctl(fd, NS_GET_PARENT);
        if (parent_fd == -1) {
            if (errno == EINVAL)
                printf("Can' get parent namespace of a nonhierarchical namespace\n");
            else if (errno == EPERM)
                printf("The parent namespace is outside your namespace scope\n");
            else
                perror("ioctl-NS_GET_PARENT");
            exit(EXIT_FAILURE);
        }
        close(parent_fd);
    }
    exit(EXIT_SUCCESS);
}
