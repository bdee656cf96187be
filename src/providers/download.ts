import type { Dispatcher } from 'undici';
import type { Evidence } from '../domain/failure.ts';
import type { Send } from '../lib/net-guard.ts';
import { ProviderError } from './error.ts';
import { codeOfError, endOf, failureOfError, failureOfStatus, oneHeader, parseJson, withoutSecrets, type ErrorTable } from './http.ts';
import { redactedUrl } from './redact.ts';

/**
 * A file of a platform. Resolves when its first byte may come, and throws a ProviderError otherwise; how much of it is
 * taken is for whoever reads. A stream that breaks off throws what broke it.
 */
export type Download = (request: DownloadRequest) => Promise<AsyncIterable<Uint8Array>>;

export interface DownloadRequest {
  /** Absolute. */
  url: string;
  errors?: ErrorTable;
  /** Strings that must never be seen in evidence. */
  secrets?: readonly string[];
  /** For the whole file. Five minutes unless told. */
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

/** How much of a refusal is read (bytes). */
const refusalMax = 65_536;

export function createDownload({ send, now }: { send: Send; now: () => number }): Download {
  return async ({ url: address, errors, secrets = [], timeoutMs = 300_000, signal }) => {
    const url = new URL(address);
    const evidence: Evidence = { method: 'GET', url: redactedUrl(url, secrets), at: now() };
    let response: Dispatcher.ResponseData;
    let refusal = '';
    try {
      response = await send(url, { method: 'GET', headers: { 'user-agent': 'PostMaster' }, body: null, signal: endOf(timeoutMs, signal) });
      if (response.statusCode === 200) return response.body as AsyncIterable<Uint8Array>;
      evidence.status = response.statusCode;
      for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
        refusal += Buffer.from(chunk).toString('utf8');
        if (refusal.length > refusalMax) break;
      }
    } catch (error) {
      const code = codeOfError(error);
      if (code === undefined) throw error;
      throw new ProviderError(failureOfError(code, url.host, evidence));
    }
    const header = (name: string) => oneHeader(response.headers[name.toLowerCase()]);
    throw new ProviderError(withoutSecrets(failureOfStatus({ status: response.statusCode, header, json: parseJson(refusal) }, errors, url.host, evidence, now()), secrets));
  };
}
