import type { EnumTag, RecordTag, Type } from '../types.ts';

/** Names that typedefs gave to records and enums without one: messages use them. */
const aliases = new WeakMap<RecordTag | EnumTag, string>();
export function nameForMessages(type: Type, name: string): void {
  const tag = type.kind === 'record' ? type.tag : type.kind === 'integer' ? type.enum : undefined;
  if (tag?.name === '' && !aliases.has(tag)) aliases.set(tag, name);
}

/** A type as C writes it (`char *[3]`, `int (*)(void)`), for messages. */
export function typeText(type: Type): string { return declare(type, ''); }

/** A declaration of `name` with that type. */
function declare(type: Type, name: string): string {
  const space = name === '' || name.startsWith('[') || name.startsWith('(') && !name.startsWith('(*') ? '' : ' ';
  switch (type.kind) {
    case 'void': return `${words(type)}void${space}${name}`;
    case 'float': return `${words(type)}${type.name}${space}${name}`;
    case 'integer': return `${words(type)}${type.enum ? tagText('enum', type.enum) : integerText(type.name)}${space}${name}`;
    case 'record': return `${words(type)}${tagText(type.tag.union ? 'union' : 'struct', type.tag)}${space}${name}`;
    case 'pointer': {
      const own = `*${after(type)}${name}`;
      return declare(type.to, type.to.kind === 'array' || type.to.kind === 'function' ? `(${own})` : own);
    }
    case 'array': return declare(type.of, `${name}[${type.length ?? ''}]`);
    case 'function': {
      const params = type.params.map((param) => typeText(param));
      if (type.variadic) params.push('...');
      return declare(type.returns, `${name}(${params.length > 0 ? params.join(', ') : type.prototyped ? 'void' : ''})`);
    }
  }
}

function tagText(kind: string, tag: RecordTag | EnumTag): string { return tag.name === '' ? aliases.get(tag) ?? `${kind} <anonymous>` : `${kind} ${tag.name}`; }

function words(type: Type): string { return (type.q.const ? 'const ' : '') + (type.q.volatile ? 'volatile ' : ''); }
function after(type: Type): string {
  const list = [type.q.const ? 'const' : '', type.q.volatile ? 'volatile' : '', type.q.restrict ? 'restrict' : ''].filter((word) => word !== '');
  return list.length > 0 ? ` ${list.join(' ')}` : '';
}

/** As gcc spells them. */
function integerText(name: string): string {
  switch (name) {
    case 'short': return 'short int';
    case 'unsigned short': return 'short unsigned int';
    case 'long': return 'long int';
    case 'unsigned long': return 'long unsigned int';
    case 'long long': return 'long long int';
    case 'unsigned long long': return 'long long unsigned int';
    default: return name;
  }
}
