import type { CommandChoice } from '../../helper/model/enter/command.ts';
import { pinnedCommand } from '../../helper/model/enter/command.ts';
import { predict } from '../../helper/model/enter/predict.ts';
import type { EnterPlan } from '../../helper/protocol.ts';

/**
 * The same command as root, an argument vector that asks for the password in its terminal: only where it fails as it is, is predicted to work as root, and sudo may
 * become root at all. Null otherwise.
 */
export function withSudo(plan: EnterPlan, choice: CommandChoice, sudo: string | null): readonly string[] | null {
  if (sudo === null || plan.caller.euid === 0 || plan.caller.noNewPrivs) return null;
  if (predict(plan, choice).overall.verdict !== 'fails' || predict(plan, { ...choice, elevated: true }).overall.verdict !== 'works') return null;
  const command = pinnedCommand(plan, choice);
  return command && [sudo, '--', ...command];
}
