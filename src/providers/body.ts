import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';

export type Body =
  | { json: unknown }
  | { form: Record<string, string> }
  | { multipart: readonly MultipartPart[] }
  | { stream: () => AsyncIterable<Uint8Array>; type: string; size: number };

export type MultipartPart =
  | { name: string; value: string }
  | { name: string; filename: string; type: string; size: number; open: () => AsyncIterable<Uint8Array> };

interface Encoded {
  headers: Record<string, string>;
  content: string | Readable;
}

/** A request body with its headers. Files are streamed and their length is known beforehand. */
export function bodyOf(body: Body): Encoded {
  if ('json' in body) {
    return { headers: { 'content-type': 'application/json' }, content: JSON.stringify(body.json) };
  }
  if ('form' in body) {
    const content = new URLSearchParams(body.form).toString();
    return { headers: { 'content-type': 'application/x-www-form-urlencoded' }, content };
  }
  if ('stream' in body) {
    return { headers: { 'content-type': body.type, 'content-length': String(body.size) }, content: Readable.from(body.stream()) };
  }
  return multipart(body.multipart);
}

function multipart(parts: readonly MultipartPart[]): Encoded {
  const boundary = `----postmaster${randomBytes(16).toString('hex')}`;
  const heads = parts.map((part) => {
    const file = 'open' in part ? `; filename="${escaped(part.filename)}"\r\ncontent-type: ${part.type}` : '';
    return Buffer.from(`--${boundary}\r\ncontent-disposition: form-data; name="${escaped(part.name)}"${file}\r\n\r\n`);
  });
  const end = Buffer.from(`--${boundary}--\r\n`);
  const size = parts.reduce(
    (sum, part, i) => sum + (heads[i]?.length ?? 0) + ('open' in part ? part.size : Buffer.byteLength(part.value)) + 2,
    end.length,
  );
  async function* content() {
    for (const [i, part] of parts.entries()) {
      yield heads[i] ?? Buffer.alloc(0);
      if ('open' in part) yield* part.open();
      else yield Buffer.from(part.value);
      yield Buffer.from('\r\n');
    }
    yield end;
  }
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': String(size) },
    content: Readable.from(content()),
  };
}

/** As browsers escape names in multipart headers (HTML standard, "multipart/form-data encoding algorithm"). */
function escaped(value: string): string {
  return value.replaceAll('\r', '%0D').replaceAll('\n', '%0A').replaceAll('"', '%22');
}
