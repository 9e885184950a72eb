import { decode, encode } from './text.ts';

/** Programs that are there, by directory. What they do is told by their image, wherever that is copied to. */
export const COMMANDS: readonly (readonly [directory: string, names: readonly string[]])[] = [
  ['/usr/bin', [
    'awk', 'base64', 'basename', 'bash', 'cat', 'chgrp', 'chmod', 'choom', 'chown', 'chrt', 'cksum', 'clear', 'cmp', 'comm', 'cp', 'cut', 'date', 'dd', 'df', 'diff',
    'dirname', 'dmesg', 'domainname', 'du', 'echo', 'env', 'expr', 'false', 'find', 'findmnt', 'flock', 'fold', 'free', 'getent', 'grep', 'groups', 'head', 'hostname', 'id',
    'install', 'ionice', 'ip', 'ipcmk', 'ipcrm', 'ipcs', 'kill', 'killall', 'less', 'link', 'ln', 'logname', 'ls', 'lsns', 'md5sum', 'mesg', 'mkdir', 'mkfifo', 'mknod',
    'mktemp', 'more', 'mount', 'mountpoint', 'mv', 'netstat', 'newgidmap', 'newuidmap', 'nice', 'nl', 'nohup', 'nproc', 'nsenter', 'od', 'paste', 'pgrep', 'pidof', 'ping',
    'pkill', 'printenv', 'printf', 'prlimit', 'ps', 'pstree', 'pwd', 'pwdx', 'readlink', 'realpath', 'renice', 'rev', 'rm', 'rmdir', 'sed', 'seq', 'setpriv', 'setsid', 'sh',
    'sha1sum', 'sha224sum', 'sha256sum', 'sha384sum', 'sha512sum', 'shuf', 'sleep', 'sort', 'ss', 'stat', 'stty', 'su', 'sync', 'tac', 'tail', 'taskset', 'tee', 'test',
    'time', 'timeout', 'top', 'touch', 'tr', 'true', 'truncate', 'tty', 'umount', 'uname', 'uniq', 'unlink', 'unshare', 'uptime', 'users', 'vmstat', 'w', 'watch', 'wc',
    'which', 'who', 'whoami', 'xargs', 'yes',
  ]],
  ['/usr/sbin', ['arp', 'bridge', 'capsh', 'chroot', 'getcap', 'getpcaps', 'ifconfig', 'nologin', 'pivot_root', 'route', 'runuser', 'setcap', 'switch_root', 'sysctl']],
];

/** Programs of Debian's that are there, too, and only say that they are not simulated. */
export const NOT_SIMULATED: typeof COMMANDS = [
  ['/usr/bin', [
    'b2sum', 'base32', 'basenc', 'busctl', 'chcon', 'column', 'csplit', 'dir', 'dircolors', 'expand', 'factor', 'fallocate', 'fmt', 'fuser', 'getconf', 'getopt', 'hexdump', 'hostid', 'hostnamectl',
    'iconv', 'infocmp', 'join', 'journalctl', 'last', 'ldd', 'locale', 'logger', 'loginctl', 'look', 'lsblk', 'lscpu', 'lslocks', 'lslogins', 'lsmem', 'machinectl', 'mcookie', 'namei', 'nstat',
    'numfmt', 'passwd', 'pathchk', 'perl', 'pidwait', 'pinky', 'pmap', 'pr', 'prtstat', 'ptx', 'reset', 'runcon', 'script', 'scriptreplay', 'setterm', 'shred', 'skill', 'slabtop', 'snice', 'split',
    'stdbuf', 'sum', 'systemctl', 'systemd-cgls', 'systemd-nspawn', 'systemd-run', 'tabs', 'tar', 'gzip', 'timedatectl', 'tload', 'toe', 'tput', 'tset', 'tsort', 'uclampset', 'unexpand', 'utmpdump',
    'uuidgen', 'vdir', 'wall', 'wdctl', 'whereis', 'write',
  ]],
  ['/usr/sbin', [
    'addgroup', 'adduser', 'agetty', 'blkid', 'blockdev', 'chcpu', 'chmem', 'chpasswd', 'ctrlaltdel', 'dcb', 'devlink', 'fdisk', 'findfs', 'fsck', 'fsfreeze', 'fstrim', 'groupadd', 'hwclock',
    'ip6tables', 'iptables', 'iptunnel', 'ldconfig', 'losetup', 'mii-tool', 'mkfs', 'mkfs.ext4', 'mkswap', 'nameif', 'nft', 'rarp', 'rtmon', 'slattach', 'sulogin', 'swapoff', 'swapon', 'tc', 'useradd', 'userdel', 'usermod', 'zramctl',
  ]],
];
/** The program that runs in their place. */
export const NOT_SIMULATED_COMMAND = 'not-simulated';

const MAGIC = '\x7fELF';
const MARK = 'simulated command ';

/** Contents of a command's file: they begin as an executable's do, and name the command. */
export function command_image(name: string): Uint8Array {
  return encode(`${MAGIC}\0${MARK}${name}\n`);
}

/** The command that an executable file is; null when it is none. */
export function command_of(image: Uint8Array): string | null {
  const text = decode(image.subarray(0, 300));
  const start = `${MAGIC}\0${MARK}`;
  return text.startsWith(start) && text.endsWith('\n') ? text.slice(start.length, -1) : null;
}
