import { d_path } from '../../kernel/dcache.ts';
import type { task_struct } from '../../kernel/task.ts';
import { PAGE_SIZE } from '../memory.ts';
import type { Machine } from './machine.ts';

/** Where the name begins in a line of /proc/PID/maps. */
const NAME_COLUMN = 73;

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');

/** The text of /proc/PID/maps, and how many pages are mapped and hold bytes. */
export function memoryMap({ user }: Machine, { mm, fs }: task_struct): { readonly maps: string; readonly size: number; readonly resident: number } {
  const space = mm ? user.spaces.get(mm.id) : undefined;
  if (!space || !mm) return { maps: '', size: 0, resident: 0 };
  const { exe } = mm;
  const program = exe && fs ? d_path(exe, fs.root) : '';
  let size = 0;
  let maps = '';
  for (const { from, to, read, write, execute, name, object, offset } of space.regions) {
    size += (to - from) / PAGE_SIZE;
    const node = name === program && exe ? exe.dentry.d_inode : null;
    const access = `${read ? 'r' : '-'}${write ? 'w' : '-'}${execute ? 'x' : '-'}${object ? 's' : 'p'}`;
    const line = `${hex(from, 8)}-${hex(to, 8)} ${access} ${hex(offset, 8)} 00:${hex(node?.i_sb.s_dev ?? 0, 2)} ${node?.i_ino ?? 0}`;
    maps += name === '' ? `${line} \n` : `${line.padEnd(NAME_COLUMN)}${name}\n`;
  }
  return { maps, size, resident: space.resident };
}
