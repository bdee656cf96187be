import { get } from 'node:http';
import type { Config } from '../config.ts';

/** Ends well when the server of this configuration answers /healthz with 200. */
export async function healthcheck(config: Config): Promise<void> {
  const host = config.host === '0.0.0.0' || config.host === '::' ? '127.0.0.1' : config.host;
  const status = await new Promise<number | undefined>((resolve, reject) => {
    get({ host, port: config.port, path: '/healthz', timeout: 5_000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject).on('timeout', () => reject(new Error('no answer in 5 s')));
  });
  if (status !== 200) throw new Error(`/healthz answered ${status}`);
}
