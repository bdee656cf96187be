import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backup } from './commands/backup.ts';
import { healthcheck } from './commands/healthcheck.ts';
import { migrateCommand, restored, rotateKey } from './commands/data.ts';
import { pruneCommand } from './commands/prune.ts';
import { restore } from './commands/restore.ts';
import { doctor } from './commands/doctor.ts';
import { createKey } from './commands/key.ts';
import { serve } from './commands/serve.ts';
import { createUser, resetPassword } from './commands/user.ts';
import { verify } from './commands/verify.ts';
import { ConfigError, readConfig } from './config.ts';
import { createAssets, type Assets } from './lib/assets.ts';
import { UsageError } from './lib/usage-error.ts';
import { LockedError } from './store/lock.ts';
import { MigrationError } from './store/migrate.ts';

declare const POSTMASTER_VERSION: string | undefined;

const usage = `Post Master: schedules and publishes posts.

  postmaster serve                     run the server (settings: see the README)
  postmaster migrate                   bring the database up to date
  postmaster user create --name NAME --email EMAIL --password PASSWORD
  postmaster user reset-password --email EMAIL --password PASSWORD
  postmaster key create --workspace ID [--scopes read,write] [--name NAME]
                                       make a key for programs and print it
  postmaster doctor                    look whether everything is well, and say what to do
  postmaster rotate-key                seal everything with the newest of SECRET_KEY
  postmaster backup FILE [--with-key]  copy the whole instance into one file, beside the server
  postmaster verify FILE               look whether a backup is whole
  postmaster restore FILE              put a backup in the place of the data; what is there is kept aside
  postmaster prune [--dry-run] [--at INSTANT]
                                       delete what has reached its end, as happens every night;
                                       a dry run tells what would go, at INSTANT if given
  postmaster restored                  after putting back an older copy of the data: what was due
                                       meanwhile waits for a person instead of going out again
  postmaster healthcheck               ask the running server whether it is well
  postmaster --help | --version

DATA_DIR says which instance. Everything but serve, restore and restored may run beside the server.
`;

type Command = (config: ReturnType<typeof readConfig>, assets: Assets, args: string[]) => Promise<void>;

const commands: Record<string, Command> = {
  serve,
  migrate: migrateCommand,
  'user create': createUser,
  'user reset-password': resetPassword,
  'key create': createKey,
  doctor,
  'rotate-key': rotateKey,
  backup,
  verify,
  restore,
  prune: pruneCommand,
  restored,
  healthcheck,
};

async function main(args: string[]): Promise<void> {
  const [first = '--help', second = ''] = args;
  if (first === '--help' || first === 'help') return void process.stdout.write(usage);
  if (first === '--version') return void process.stdout.write(`${typeof POSTMASTER_VERSION === 'string' ? POSTMASTER_VERSION : 'development'}\n`);
  const two = commands[`${first} ${second}`];
  const command = two ?? commands[first];
  if (!command) throw new UsageError(`There is no "${args.slice(0, 2).join(' ')}". See postmaster --help.`);
  await command(readConfig(), createAssets(assetRoot()), args.slice(two ? 2 : 1));
}

/** Beside the bundle lie the assets it was built with; a run from source takes the last build's pages and its own migrations. */
function assetRoot(): string {
  const bundled = import.meta.dirname;
  return existsSync(join(bundled, 'migrations')) ? bundled : join(dirname(bundled), 'dist');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const told = [UsageError, ConfigError, LockedError, MigrationError].some((kind) => error instanceof kind);
  process.stderr.write(`${told && error instanceof Error ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
