import process from 'node:process';
import { parseArgs } from 'node:util';
import { visible } from '../helper/model/text.ts';
import { NS_TYPES } from '../helper/protocol.ts';
import { version } from '../helper/version.ts';
import { scan } from './scan.ts';
import { FAILED, HELP, OK, UsageError } from './usage.ts';

/** Everything but `nslab run`: the words after `nslab`. Returns the exit status; throws UsageError. */
export function scanCommand(args: readonly string[]): number {
  const { values, positionals } = parse(args);
  if (values.help) {
    process.stdout.write(HELP);
    return OK;
  }
  if (values.version) {
    process.stdout.write(`nslab ${version}\n`);
    return OK;
  }
  const [command, surplus] = positionals;
  if (command === undefined) throw new UsageError('a command is missing');
  if (command !== 'scan') throw new UsageError(`unknown command '${visible(command)}'`);
  if (surplus !== undefined) throw new UsageError(`unexpected argument '${visible(surplus)}'`);
  const types = (values.type ?? []).flatMap((list) => list.split(',')).map((name) => {
    const type = NS_TYPES.find((known) => known === name);
    if (!type) throw new UsageError(`unknown type '${visible(name)}' (known: ${NS_TYPES.join(', ')})`);
    return type;
  });
  if (process.platform !== 'linux') {
    process.stderr.write(`nslab: namespaces are a part of Linux; this is ${process.platform}\n`);
    return FAILED;
  }
  return scan({ json: values.json ?? false, headings: !values['no-headings'], types: types.length > 0 ? types : NS_TYPES });
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args], allowPositionals: true,
      options: {
        json: { type: 'boolean' }, type: { type: 'string', short: 't', multiple: true }, 'no-headings': { type: 'boolean', short: 'n' },
        help: { type: 'boolean', short: 'h' }, version: { type: 'boolean', short: 'V' },
      },
    });
  } catch (error) {
    throw new UsageError(visible(error instanceof Error ? error.message : String(error)));
  }
}
