import { parseArgs } from 'node:util';
import { makeKey } from '../actions/keys/make-key.ts';
import { openData } from '../app.ts';
import type { Config } from '../config.ts';
import { scopes } from '../domain/actor.ts';
import type { Assets } from '../lib/assets.ts';
import { UsageError } from '../lib/usage-error.ts';

/** Makes a key of a workspace for programs, and prints it alone. It cannot be had again. */
export async function createKey(config: Config, assets: Assets, args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { workspace: { type: 'string' }, scopes: { type: 'string' }, name: { type: 'string' } }, strict: false });
  const { workspace, scopes: asked = scopes.join(','), name = 'Command line' } = values;
  if (typeof workspace !== 'string' || typeof asked !== 'string' || typeof name !== 'string') throw new UsageError('--workspace is missing: the id of the workspace that the key is for.');
  const named = asked.split(',').map((scope) => scope.trim()).filter(Boolean);
  const wrong = named.find((scope) => !scopes.some((one) => one === scope));
  if (wrong !== undefined) throw new UsageError(`--scopes has "${wrong}". It may have: ${scopes.join(', ')}.`);
  const { store } = await openData(config, assets, Date.now);
  try {
    if (!(await store.people.workspace(workspace))) throw new UsageError('There is no workspace with this id.');
    const made = await makeKey({ store, now: Date.now }, { workspaceId: workspace, userId: null }, { name, scopes: named });
    if (!made.ok) throw new UsageError(made.problems.map(({ message }) => message).join(' '));
    process.stdout.write(`${made.key}\n`);
  } finally {
    store.close();
  }
}
