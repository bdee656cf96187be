import { Refusal } from '../../fake/refusal.ts';

export interface Picture {
  bytes: number;
  width: number;
  height: number;
}

/**
 * Fetches a picture as Instagram does when its container is made, and judges it ("Image specifications", read 2026-09-11).
 * Null where it is not fetched, only its address looked at.
 */
export async function fetched(address: string, fetches: (url: URL) => boolean, feed: boolean): Promise<Picture | null> {
  const url = URL.canParse(address) ? new URL(address) : null;
  const notThere = () => new Refusal(9004, 'Only photo or video can be accepted as media type.', {
    subcode: 2207052, userMessage: `The media could not be fetched from this URI: ${address}`,
  });
  if (!url || !/^https?:$/u.test(url.protocol) || url.username !== '' || !/^[\u0021-\u007e]+$/u.test(address)) throw notThere();
  if (!fetches(url)) {
    // What no machine of Meta's could reach.
    if (!url.hostname.includes('.') || /^(?:127\.|10\.|192\.168\.)/u.test(url.hostname)) throw notThere();
    return null;
  }
  const answer = await fetch(url).catch(() => null);
  if (!answer?.ok) throw notThere();
  return judged(Buffer.from(await answer.arrayBuffer()), answer.headers.get('content-type') ?? '', feed);
}

export function judged(bytes: Buffer, type: string, feed: boolean): Picture {
  const size = type.startsWith('image/jpeg') ? sizeOfJpeg(bytes) : null;
  if (!size) throw new Refusal(36001, 'The image format is not supported.', { subcode: 2207005, userMessage: 'The image format is not supported. Please check spec for supported JPEG format.' });
  if (bytes.length > 8 * 1024 * 1024) throw new Refusal(36000, 'The image size is too large.', { subcode: 2207004, userMessage: 'The image is too large to download. It should be less than 8 MiB.' });
  const ratio = size.width / size.height;
  if (feed && (ratio < 4 / 5 || ratio > 1.91)) {
    throw new Refusal(36003, 'The aspect ratio is not supported.', { subcode: 2207009, userMessage: `The submitted image with aspect ratio ${size.width}/${size.height} cannot be published. Please submit an image with a valid aspect ratio.` });
  }
  return { bytes: bytes.length, ...size };
}

/** Width and height by the frame header (ITU-T T.81, B.2.2); null for what is no JPEG. */
function sizeOfJpeg(bytes: Buffer): { width: number; height: number } | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff;) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}
