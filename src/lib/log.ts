import { pino, type Logger } from 'pino';
import type { DailyLog } from './log-files.ts';

/** The part of a pino logger that the house uses; Fastify's logger is one. */
export interface Log {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What must not be read in a log, wherever it stands in what is logged. */
const secret = /^(?:authorization|proxy-authorization|cookie|set-cookie|x-csrf-token|.*(?:password|passwd|secret|token|apikey|api_key|grant|verifier|credential).*)$/iu;
const hidden = '[hidden]';
/** Keys of ours, bearer tokens, and what follows the question mark of an address. */
const inText: readonly [RegExp, string][] = [
  [/\bpm_[\w-]{20,}/gu, `pm_${hidden}`],
  [/\b(bearer|basic)\s+[\w.~+/=-]{8,}/giu, `$1 ${hidden}`],
  [/(\bhttps?:\/\/[^\s"'\\?#]*)\?[^\s"'\\]*/giu, `$1?${hidden}`],
  [/(\bhttps?:\/\/)[^\s"'\\/@]*@/giu, `$1${hidden}@`],
  [/(\/m\/)[\w-]{20,}\.[\da-f]{20,}/gu, `$1${hidden}`],
];

/** The logger of the house: to standard output and, where there is one, to a file for each day. */
export function createLog({ level, out, daily }: { level: string; out: (line: string) => void; daily?: DailyLog }): Logger {
  return pino({
    level, base: null, timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { log: (fields) => withoutSecrets(fields, 0) as Record<string, unknown> },
  }, {
    write(line: string) {
      const clean = inText.reduce((text, [what, instead]) => text.replaceAll(what, instead), line);
      out(clean);
      daily?.write(clean);
    },
  });
}

/** The same without the values of fields that are called like secrets. */
function withoutSecrets(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || depth > 6) return value;
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype && Object.getPrototypeOf(value) !== null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, secret.test(name) && of !== undefined && of !== null ? hidden : withoutSecrets(of, depth + 1)]));
}
