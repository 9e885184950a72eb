// Every file system and kind of file that the modelled kernel has; each registers itself when its module is loaded.
import './cgroupfs.ts';
import './devices.ts';
import './devtmpfs.ts';
import './mqueuefs.ts';
import './nsfs.ts';
import './pipe.ts';
import './procfs.ts';
import './procfs_mounts.ts';
import './procfs_net.ts';
import './procfs_ns.ts';
import './procfs_pid.ts';
import './procfs_root.ts';
import './procfs_status.ts';
import './procfs_sys.ts';
import './sysfs.ts';
import './tmpfs.ts';
import './tty.ts';
