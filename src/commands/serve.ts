import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import type { Assets } from '../lib/assets.ts';

/** Runs until SIGTERM or SIGINT, then drains; a second signal ends it at once. */
export async function serve(config: Config, assets: Assets): Promise<void> {
  const app = await createApp(config, assets);
  const stop = () => {
    process.once('SIGTERM', () => process.exit(1)).once('SIGINT', () => process.exit(1));
    app.stop().then(() => process.exit(0), (error: unknown) => {
      app.deps.log.error({ err: error }, 'stopping failed');
      process.exit(1);
    });
  };
  process.once('SIGTERM', stop).once('SIGINT', stop);
  await app.start();
  process.stdout.write(`Post Master is running at ${config.publicUrl}\n`);
}
