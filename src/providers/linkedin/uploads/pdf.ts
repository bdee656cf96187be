/** One picture that fills one page: a JPEG, embedded as it is. */
export interface PdfPage {
  width: number;
  height: number;
  /** 1 for shades of gray, 3 for colours. */
  components: 1 | 3;
  /** Bytes. */
  size: number;
  open(): AsyncIterable<Uint8Array>;
}

export interface Pdf {
  /** Bytes. */
  size: number;
  stream(): AsyncIterable<Uint8Array>;
}

type Piece = Buffer | PdfPage;

/**
 * A PDF (1.4, ISO 32000-1) of pictures, a page each in the picture's own shape. The same pictures give the same bytes. The
 * pictures are read only while it is streamed.
 */
export function pdfOf(pages: readonly PdfPage[], title: string): Pdf {
  const pieces: Piece[] = [];
  const offsets: number[] = [];
  let size = 0;
  const add = (piece: Piece) => {
    pieces.push(piece);
    size += Buffer.isBuffer(piece) ? piece.length : piece.size;
  };
  const text = (content: string) => add(Buffer.from(content, 'latin1'));
  /** Objects are numbered in the order in which they are written, from 1. */
  const object = (...content: (string | PdfPage)[]) => {
    offsets.push(size);
    text(`${offsets.length} 0 obj\n`);
    for (const piece of content) if (typeof piece === 'string') text(piece); else add(piece);
    text('\nendobj\n');
  };

  text('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n');
  object('<< /Type /Catalog /Pages 2 0 R >>');
  object(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${4 + 3 * n} 0 R`).join(' ')}] >>`);
  object(`<< /Title <feff${Buffer.from(title, 'utf16le').swap16().toString('hex')}> /Producer (Post Master) >>`);
  for (const [n, page] of pages.entries()) {
    const first = 4 + 3 * n;
    const { width, height, components, size: length } = page;
    const drawing = `q ${width} 0 0 ${height} 0 0 cm /Picture Do Q`;
    object(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${width} ${height}] /Contents ${first + 1} 0 R /Resources << /XObject << /Picture ${first + 2} 0 R >> >> >>`);
    object(`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`);
    object(
      `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /${components === 1 ? 'DeviceGray' : 'DeviceRGB'} /BitsPerComponent 8 /Filter /DCTDecode /Length ${length} >>\nstream\n`,
      page, '\nendstream',
    );
  }
  const table = size;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  text(`xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${offsets.length + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n${table}\n%%EOF\n`);

  return {
    size,
    async *stream() {
      for (const piece of pieces) {
        if (Buffer.isBuffer(piece)) yield piece;
        else yield* piece.open();
      }
    },
  };
}

/** Width, height and number of colour components, from the frame header of a JPEG (ITU T.81, B.2.2). Null for anything else. */
export async function jpegFrameOf(bytes: AsyncIterable<Uint8Array>): Promise<{ width: number; height: number; components: number } | null> {
  let head = Buffer.alloc(0);
  for await (const chunk of bytes) {
    head = Buffer.concat([head, chunk]);
    const frame = frameIn(head);
    if (frame !== 'more') return frame;
    if (head.length > 1_000_000) return null;
  }
  return null;
}

function frameIn(head: Buffer): { width: number; height: number; components: number } | null | 'more' {
  if (head.length < 4) return 'more';
  if (head.readUInt16BE(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 <= head.length;) {
    if (head[at] !== 0xff) return null;
    const marker = head[at + 1] ?? 0;
    // Any byte of 0xff may be repeated before a marker.
    if (marker === 0xff) { at += 1; continue; }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: head.readUInt16BE(at + 5), width: head.readUInt16BE(at + 7), components: head[at + 9] ?? 0 };
    at += 2 + head.readUInt16BE(at + 2);
  }
  return 'more';
}
