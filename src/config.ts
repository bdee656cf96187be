import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

/** Everything the environment may say, read once. README.md has the table for people. */
export interface Config {
  host: string;
  port: number;
  /** What links, callbacks and media URLs start with; no slash at the end. */
  publicUrl: string;
  dataDir: string;
  /** Undefined: the key in `DATA_DIR/secret.key` counts. */
  secretKey: string | undefined;
  /** Proxies whose forwarded headers count: false, true, a number of hops, or addresses. */
  trustProxy: boolean | number | string;
  registration: 'first' | 'invite' | 'open';
  /** Origin to loopback origin: how the program is tried without the real platforms. */
  upstreams: ReadonlyMap<string, string>;
  tickMs: number;
  logLevel: LogLevel;
  /** What a key of the public API may do; 0 is without a limit. */
  api: { postsPerHour: number; callsPerMinute: number };
  /** Lets whoever scrapes read `/metrics`; undefined: this machine alone. */
  metricsToken: string | undefined;
  /** What the environment alone says of an operator's setting; what counts is `Settings.get`. Secrets also as `NAME_FILE`. */
  environment: (name: string) => string | undefined;
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** A variable says something the program cannot follow; the message names it. */
export class ConfigError extends Error {
  override name = 'ConfigError';
}

type Env = Readonly<Record<string, string | undefined>>;

export function readConfig(env: Env = process.env): Config {
  const value = (name: string) => valueOf(env, name);
  const port = numberIn(value('PORT') ?? '3000', 'PORT', 0, 65_535);
  return Object.freeze({
    host: value('HOST') ?? '127.0.0.1',
    port,
    publicUrl: publicUrlOf(value('PUBLIC_URL') ?? `http://localhost:${port}`),
    dataDir: resolve(value('DATA_DIR') ?? './data'),
    secretKey: value('SECRET_KEY'),
    trustProxy: trustProxyOf(value('TRUST_PROXY')),
    registration: choice(value('REGISTRATION') ?? 'first', 'REGISTRATION', ['first', 'invite', 'open']),
    upstreams: upstreamsOf(value('UPSTREAMS')),
    tickMs: numberIn(value('TICK_MS') ?? '1000', 'TICK_MS', 10, 60_000),
    logLevel: choice(value('LOG_LEVEL') ?? 'info', 'LOG_LEVEL', logLevels),
    api: { postsPerHour: numberIn(value('API_LIMIT') ?? '30', 'API_LIMIT', 0, 1_000_000), callsPerMinute: numberIn(value('API_CALLS') ?? '600', 'API_CALLS', 0, 1_000_000) },
    metricsToken: metricsTokenOf(value('METRICS_TOKEN')),
    environment: onceEach(value),
  });
}

function valueOf(env: Env, name: string): string | undefined {
  const direct = env[name]?.trim();
  if (direct) return direct;
  const file = env[`${name}_FILE`]?.trim();
  if (!file) return undefined;
  try {
    return readFileSync(file, 'utf8').trim() || undefined;
  } catch (error) {
    throw new ConfigError(`${name}_FILE names "${file}", which cannot be read.`, { cause: error });
  }
}

/** Read once: a file that goes away later changes nothing in a running process. */
function onceEach(read: (name: string) => string | undefined): (name: string) => string | undefined {
  const known = new Map<string, string | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, read(name));
    return known.get(name);
  };
}

function numberIn(text: string, name: string, min: number, max: number): number {
  const number = Number(text);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new ConfigError(`${name} is "${text}". It must be a whole number from ${min} to ${max}.`);
  }
  return number;
}

function choice<const T extends string>(text: string, name: string, values: readonly T[]): T {
  const found = values.find((candidate) => candidate === text);
  if (found === undefined) throw new ConfigError(`${name} is "${text}". It must be one of: ${values.join(', ')}.`);
  return found;
}

function publicUrlOf(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/u.test(url.protocol) || url.search || url.hash || url.username) {
    throw new ConfigError(`PUBLIC_URL is "${text}". It must look like https://post.example.org.`);
  }
  if (url.pathname !== '/') throw new ConfigError(`PUBLIC_URL is "${text}". A path in it is not supported: give Post Master a host name of its own.`);
  return url.origin;
}

function metricsTokenOf(text: string | undefined): string | undefined {
  if (text !== undefined && text.length < 16) throw new ConfigError('METRICS_TOKEN is too short: it needs at least 16 characters.');
  return text;
}

function trustProxyOf(text: string | undefined): boolean | number | string {
  if (text === undefined || /^(off|false|no|0)$/iu.test(text)) return false;
  if (/^(on|true|yes)$/iu.test(text)) return true;
  return /^\d+$/u.test(text) ? Number(text) : text;
}

function upstreamsOf(text: string | undefined): ReadonlyMap<string, string> {
  return new Map((text ?? '').split(',').map((pair) => pair.trim()).filter(Boolean).map((pair) => {
    const [from, to, ...more] = pair.split('=').map((part) => URL.parse(part.trim()));
    if (!from || !to || more.length > 0) throw new ConfigError(`UPSTREAMS has "${pair}". Each entry must be origin=origin.`);
    if (!['localhost', '127.0.0.1', '[::1]'].includes(to.hostname)) {
      throw new ConfigError(`UPSTREAMS sends ${from.origin} to ${to.origin}. Only loopback addresses are taken there.`);
    }
    return [from.origin, to.origin] as const;
  }));
}
