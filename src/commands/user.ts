import { parseArgs } from 'node:util';
import { emailProblems, passwordProblems, signUp } from '../actions/people/sign-up.ts';
import { openData } from '../app.ts';
import type { Config } from '../config.ts';
import type { Problem } from '../domain/limits.ts';
import type { Assets } from '../lib/assets.ts';
import { UsageError } from '../lib/usage-error.ts';
import { createPasswords } from '../lib/secrets/passwords.ts';
import { providers } from '../providers/all.ts';
import { registryOf } from '../providers/index.ts';

/** Whoever runs this owns the machine, so `REGISTRATION` does not apply. Prints `userId` and `workspaceId` as JSON. */
export async function createUser(config: Config, assets: Assets, args: string[]): Promise<void> {
  const { name, email, password } = optionsOf(args, ['name', 'email', 'password']);
  const { store } = await openData(config, assets, Date.now);
  const open: Config = { ...config, registration: 'open' };
  const made = await signUp(
    { store, config: open, passwords: createPasswords(), providers: registryOf(providers), now: Date.now },
    { name, email, password, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
  );
  // Whoever runs this vouches for the address.
  if (made.ok) await store.people.verifyEmail(made.userId, Date.now());
  store.close();
  if (!made.ok) throw usageError(made.problems);
  process.stdout.write(`${JSON.stringify({ userId: made.userId, workspaceId: made.workspaceId })}\n`);
}

/** Sets a password and ends every session of the person. */
export async function resetPassword(config: Config, assets: Assets, args: string[]): Promise<void> {
  const { email, password } = optionsOf(args, ['email', 'password']);
  const problems = [...emailProblems(email), ...passwordProblems(password, email)];
  if (problems.length > 0) throw usageError(problems);
  const { store } = await openData(config, assets, Date.now);
  try {
    const user = await store.people.userByEmail(email.trim().toLowerCase());
    if (!user) throw usageError([{ field: 'email', message: 'Nobody here has this e-mail.' }]);
    await store.people.setPassword(user.id, await createPasswords().hash(password));
    await store.sessions.endAllOf(user.id);
  } finally {
    store.close();
  }
  process.stdout.write('The password is set. Every session of this person has ended.\n');
}

function optionsOf<const Name extends string>(args: string[], names: readonly Name[]): Record<Name, string> {
  const { values } = parseArgs({ args, options: Object.fromEntries(names.map((name) => [name, { type: 'string' as const }])), strict: false });
  return Object.fromEntries(names.map((name) => {
    const value = values[name];
    if (typeof value !== 'string') throw usageError([{ field: name, message: `--${name} is missing.` }]);
    return [name, value];
  })) as Record<Name, string>;
}

function usageError(problems: readonly Problem[]): UsageError {
  return new UsageError(problems.map(({ message }) => message).join(' '));
}
