import { err, isErr, type Err } from '../errno.ts';
import { decode, encode } from '../text.ts';
import { strnlen_user, Writer } from '../uaccess.ts';
import { sys_getxattr, sys_listxattr, sys_removexattr, sys_setxattr, type XattrPlace } from '../xattr.ts';
import { answer, filled, given, int, path, pointer, long, type Call, type Decoder, type Result, type SyscallRow } from './table.ts';

const XATTR_NAME_MAX = 255;
const XATTR_SIZE_MAX = 65536;
const CREATE_OR_REPLACE = 3;

/** Errors: ERANGE (empty, too long), EFAULT. */
function xattr_name(call: Call, address: number): string | Err {
  const bytes = strnlen_user(call.user, address, XATTR_NAME_MAX + 1);
  if (bytes === null) return err('ERANGE');
  return isErr(bytes) ? bytes : bytes.length === 0 ? err('ERANGE') : decode(bytes);
}

function setxattr(call: Call, to: XattrPlace, name_at: number, value_at: number, size: number, flags: number): Result {
  if ((flags & ~CREATE_OR_REPLACE) !== 0) return err('EINVAL');
  const name = xattr_name(call, name_at);
  if (isErr(name)) return name;
  if (size > XATTR_SIZE_MAX) return err('E2BIG');
  const value = given(call, value_at, size);
  return isErr(value) ? value : sys_setxattr(call.k, to, name, value, flags);
}

function getxattr(call: Call, from: XattrPlace, name_at: number, value_at: number, size: number): Result {
  const name = xattr_name(call, name_at);
  return isErr(name) ? name : sized(call, value_at, size, sys_getxattr(call.k, from, name));
}

function listxattr(call: Call, from: XattrPlace, list_at: number, size: number): Result {
  const names = sys_listxattr(call.k, from);
  if (isErr(names)) return names;
  const to = new Writer();
  for (const name of names) to.fixed(encode(name)).u8(0);
  return sized(call, list_at, size, to.done());
}

/** With room for nothing only the size is told. Errors: ERANGE. */
function sized(call: Call, address: number, size: number, found: Uint8Array | Err): Result {
  if (isErr(found)) return found;
  if (size === 0) return found.length;
  return found.length > size ? err('ERANGE') : answer(call, address, found, found.length);
}

function removexattr(call: Call, from: XattrPlace, name_at: number): Result {
  const name = xattr_name(call, name_at);
  return isErr(name) ? name : sys_removexattr(call.k, from, name);
}

/** Each call in its three forms: of a path, of a path whose last link is not followed, of a descriptor. */
function forms<T extends string | number>(prefix: string, decode_place: Decoder<T>, to: (given: T) => XattrPlace): SyscallRow[] {
  return [
    filled(`${prefix}setxattr`, [decode_place, pointer, pointer, long, int], (call, at, ...rest) => setxattr(call, to(at), ...rest)),
    filled(`${prefix}getxattr`, [decode_place, pointer, pointer, long], (call, at, ...rest) => getxattr(call, to(at), ...rest)),
    filled(`${prefix}listxattr`, [decode_place, pointer, long], (call, at, ...rest) => listxattr(call, to(at), ...rest)),
    filled(`${prefix}removexattr`, [decode_place, pointer], (call, at, name) => removexattr(call, to(at), name)),
  ];
}

export const XATTR_CALLS: readonly SyscallRow[] = [
  ...forms('', path, (name) => ({ name, follow: true })), ...forms('l', path, (name) => ({ name, follow: false })), ...forms('f', int, (fd) => ({ fd })),
];
