#define _GNU_SOURCE
#include <errno.h>
#include <libc/capability.h>
#include <linux/xattr.h>
#include <string.h>
#include <sys/stat.h>

/* What the attribute holds, as a cap_t. */
static cap_t load(const struct vfs_ns_cap_data *data, ssize_t size) {
  unsigned revision = data->magic_etc & VFS_CAP_REVISION_MASK, words = 2;
  if (revision == VFS_CAP_REVISION_1 && size == XATTR_CAPS_SZ_1) words = 1;
  else if (!(revision == VFS_CAP_REVISION_2 && size == XATTR_CAPS_SZ_2) && !(revision == VFS_CAP_REVISION_3 && size == XATTR_CAPS_SZ_3)) {
    errno = EINVAL;
    return 0;
  }
  cap_t caps = cap_init();
  if (!caps) return 0;
  if (revision == VFS_CAP_REVISION_3) caps->rootid = data->rootid;
  for (unsigned i = 0; i < words; i++) {
    caps->flat[i][CAP_PERMITTED] = data->data[i].permitted;
    caps->flat[i][CAP_INHERITABLE] = data->data[i].inheritable;
    if (data->magic_etc & VFS_CAP_FLAGS_EFFECTIVE) caps->flat[i][CAP_EFFECTIVE] = data->data[i].permitted | data->data[i].inheritable;
  }
  return caps;
}

/* The attribute's size; -1: a file can not have just some of its capabilities effective. */
static int save(cap_t caps, struct vfs_ns_cap_data *data) {
  int effective = caps->flat[0][CAP_EFFECTIVE] || caps->flat[1][CAP_EFFECTIVE];
  data->magic_etc = (caps->rootid ? VFS_CAP_REVISION_3 : VFS_CAP_REVISION_2) | (effective ? VFS_CAP_FLAGS_EFFECTIVE : 0);
  for (int i = 0; i < 2; i++) {
    data->data[i].permitted = caps->flat[i][CAP_PERMITTED];
    data->data[i].inheritable = caps->flat[i][CAP_INHERITABLE];
    if (effective && (data->data[i].permitted | data->data[i].inheritable) & ~caps->flat[i][CAP_EFFECTIVE]) {
      errno = EINVAL;
      return -1;
    }
  }
  data->rootid = caps->rootid;
  return caps->rootid ? XATTR_CAPS_SZ_3 : XATTR_CAPS_SZ_2;
}

cap_t cap_get_fd(int fd) {
  struct vfs_ns_cap_data data;
  ssize_t size = fgetxattr(fd, XATTR_NAME_CAPS, &data, sizeof data);
  return size < 0 ? 0 : load(&data, size);
}
cap_t cap_get_file(const char *name) {
  struct vfs_ns_cap_data data;
  ssize_t size = getxattr(name, XATTR_NAME_CAPS, &data, sizeof data);
  return size < 0 ? 0 : load(&data, size);
}

static int regular(const struct stat *file) {
  if (S_ISREG(file->st_mode)) return 1;
  errno = EINVAL;
  return 0;
}
int cap_set_fd(int fd, cap_t caps) {
  struct vfs_ns_cap_data data;
  struct stat file;
  if (fstat(fd, &file) < 0 || !regular(&file)) return -1;
  if (!caps) return fremovexattr(fd, XATTR_NAME_CAPS);
  int size = save(caps, &data);
  return size < 0 ? -1 : fsetxattr(fd, XATTR_NAME_CAPS, &data, size, 0);
}
int cap_set_file(const char *name, cap_t caps) {
  struct vfs_ns_cap_data data;
  struct stat file;
  if (lstat(name, &file) < 0 || !regular(&file)) return -1;
  if (!caps) return removexattr(name, XATTR_NAME_CAPS);
  int size = save(caps, &data);
  return size < 0 ? -1 : setxattr(name, XATTR_NAME_CAPS, &data, size, 0);
}

uid_t cap_get_nsowner(cap_t caps) { return caps->rootid; }
int cap_set_nsowner(cap_t caps, uid_t rootid) {
  if (!caps || caps->magic != CAP_MAGIC) {
    errno = EINVAL;
    return -1;
  }
  caps->rootid = rootid;
  return 0;
}
