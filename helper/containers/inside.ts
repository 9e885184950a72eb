import { existsSync } from 'node:fs';
import type { Hello } from '../protocol.ts';

/** Does this helper itself run inside a container? With the evidence, so that a person can judge it. */
export function insideContainer(root = ''): Hello['inside'] {
  if (existsSync(`${root}/.dockerenv`)) return { engine: 'docker', id: null, name: null, evidence: '/.dockerenv' };
  if (existsSync(`${root}/run/.containerenv`)) return { engine: 'podman', id: null, name: null, evidence: '/run/.containerenv' };
  return null;
}
