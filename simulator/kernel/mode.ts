/** File types and permission bits of st_mode, and the flags of open(2), with the values of the uapi headers (x86-64). */
export const S_IFMT = 0o170000;
export const S_IFSOCK = 0o140000;
export const S_IFLNK = 0o120000;
export const S_IFREG = 0o100000;
export const S_IFBLK = 0o060000;
export const S_IFDIR = 0o040000;
export const S_IFCHR = 0o020000;
export const S_IFIFO = 0o010000;
export const S_ISUID = 0o4000;
export const S_ISGID = 0o2000;
export const S_ISVTX = 0o1000;

export function is_dir(mode: number): boolean { return (mode & S_IFMT) === S_IFDIR; }
export function is_link(mode: number): boolean { return (mode & S_IFMT) === S_IFLNK; }
export function is_reg(mode: number): boolean { return (mode & S_IFMT) === S_IFREG; }

export const O_RDONLY = 0;
export const O_WRONLY = 1;
export const O_RDWR = 2;
export const O_ACCMODE = 3;
export const O_CREAT = 0o100;
export const O_EXCL = 0o200;
export const O_NOCTTY = 0o400;
export const O_TRUNC = 0o1000;
export const O_APPEND = 0o2000;
export const O_NONBLOCK = 0o4000;
export const O_DSYNC = 0o10000;
export const O_DIRECT = 0o40000;
export const O_LARGEFILE = 0o100000;
export const O_DIRECTORY = 0o200000;
export const O_NOFOLLOW = 0o400000;
export const O_NOATIME = 0o1000000;
export const O_CLOEXEC = 0o2000000;
/** Opened only as a place: most system calls treat such a descriptor as not open. */
export const O_PATH = 0o10000000;
/** Without O_DIRECTORY it is an error. */
export const __O_TMPFILE = 0o20000000;
export const O_TMPFILE = 0o20200000;

export const AT_FDCWD = -100;
export const AT_SYMLINK_NOFOLLOW = 0x100;
export const AT_REMOVEDIR = 0x200;
export const AT_EACCESS = 0x200;
export const AT_SYMLINK_FOLLOW = 0x400;
export const AT_NO_AUTOMOUNT = 0x800;
export const AT_EMPTY_PATH = 0x1000;

/** What a permission test asks for. */
export const MAY_EXEC = 1;
export const MAY_WRITE = 2;
export const MAY_READ = 4;

/** May it be read, written, by how it was opened? */
export function f_readable(f_flags: number): boolean { return (f_flags & O_PATH) === 0 && (f_flags & O_ACCMODE) !== O_WRONLY; }
export function f_writable(f_flags: number): boolean { return (f_flags & O_PATH) === 0 && (f_flags & O_ACCMODE) !== O_RDONLY; }
