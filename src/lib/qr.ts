/** Rows of modules, true for dark, without the quiet zone around. */
export type QrCode = readonly (readonly boolean[])[];

/** Of level M, which stands a seventh of damage (ISO/IEC 18004, tables 7 and 9): per version the blocks, and of each the bytes of data and of correction. */
const versions: readonly { blocks: number; data: number; correction: number }[] = [
  { blocks: 1, data: 16, correction: 10 }, { blocks: 1, data: 28, correction: 16 }, { blocks: 1, data: 44, correction: 26 },
  { blocks: 2, data: 32, correction: 18 }, { blocks: 2, data: 43, correction: 24 }, { blocks: 4, data: 27, correction: 16 },
];

/** Most bytes that fit. */
export const qrMax = 106;

/** A QR code of a short text, by ISO/IEC 18004: bytes, level M, the mask that reads best. Null for a text that is too long. */
export function qrCode(text: string): QrCode | null {
  const bytes = Buffer.from(text, 'utf8');
  const index = versions.findIndex(({ blocks, data }) => bytes.length + 2 <= blocks * data);
  const shape = versions[index];
  if (!shape) return null;
  const words = interleaved(padded(bytes, shape.blocks * shape.data), shape);
  const candidates = masks.map((_, mask) => drawn(words, index + 1, mask));
  return candidates.reduce((best, one) => (penaltyOf(one) < penaltyOf(best) ? one : best));
}

/** Mode, length, the bytes, the end, and filling (§7.4). */
function padded(bytes: Buffer, size: number): Buffer {
  const bits = [...bitsOf(0b0100, 4), ...bitsOf(bytes.length, 8), ...Array.from(bytes).flatMap((byte) => bitsOf(byte, 8)), 0, 0, 0, 0].slice(0, size * 8);
  const out = Buffer.alloc(size);
  for (const [i, bit] of bits.entries()) out[i >> 3] = (out[i >> 3] ?? 0) | (bit << (7 - (i & 7)));
  for (let i = Math.ceil(bits.length / 8), n = 0; i < size; i += 1, n += 1) out[i] = n % 2 === 0 ? 0xec : 0x11;
  return out;
}

function bitsOf(value: number, width: number): number[] {
  return Array.from({ length: width }, (_, i) => (value >> (width - 1 - i)) & 1);
}

function interleaved(data: Buffer, { blocks, data: each, correction }: (typeof versions)[number]): number[] {
  const parts = Array.from({ length: blocks }, (_, n) => data.subarray(n * each, (n + 1) * each));
  const checks = parts.map((part) => remainder(part, correction));
  const across = (lists: readonly ArrayLike<number>[], length: number) => Array.from({ length }, (_, i) => lists.map((list) => list[i] ?? 0)).flat();
  return [...across(parts, each), ...across(checks, correction)];
}

/** Powers of 2 in GF(256) with the polynomial 0x11d, and their logarithms. */
const power = [1];
const log: number[] = [];
for (let i = 1; i < 255; i += 1) {
  const twice = (power[i - 1] ?? 0) << 1;
  power[i] = twice > 255 ? twice ^ 0x11d : twice;
}
for (const [i, value] of power.entries()) log[value] = i;

function times(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : (power[((log[a] ?? 0) + (log[b] ?? 0)) % 255] ?? 0);
}

/** Reed-Solomon: the remainder of the data by the generator of that degree (§7.5). */
function remainder(data: Buffer, degree: number): number[] {
  let generator = [1];
  for (let i = 0; i < degree; i += 1) generator = [...generator, 0].map((value, n) => value ^ times(generator[n - 1] ?? 0, power[i] ?? 0));
  const rest = [...data, ...Array.from({ length: degree }, () => 0)];
  for (let i = 0; i < data.length; i += 1) {
    const lead = rest[i] ?? 0;
    for (const [n, value] of generator.entries()) rest[i + n] = (rest[i + n] ?? 0) ^ times(value, lead);
  }
  return rest.slice(data.length);
}

/** Which modules are turned over (§7.8.2). */
const masks: readonly ((row: number, column: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0, (r) => r % 2 === 0, (_, c) => c % 3 === 0, (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0, (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0, (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
];

function drawn(words: readonly number[], version: number, mask: number): boolean[][] {
  const size = 17 + 4 * version;
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, (): boolean | null => null));
  const set = (row: number, column: number, dark: boolean) => { const line = modules[row]; if (line && column >= 0 && column < size) line[column] = dark; };
  const square = (row: number, column: number, reach: number, dark: (ring: number) => boolean) => {
    for (let r = -reach; r <= reach; r += 1) for (let c = -reach; c <= reach; c += 1) set(row + r, column + c, dark(Math.max(Math.abs(r), Math.abs(c))));
  };
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]] as const) square(row, column, 4, (ring) => ring !== 2 && ring !== 4);
  if (version > 1) square(size - 7, size - 7, 2, (ring) => ring !== 1);
  for (let i = 8; i < size - 8; i += 1) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  for (const [row, column, dark] of formatOf(mask, size)) set(row, column, dark);
  const turned = masks[mask] ?? (() => false);
  const bits = words.flatMap((word) => bitsOf(word, 8));
  let next = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2) {
    const upward = ((right > 6 ? right : right + 1) & 2) === ((size - 1) & 2);
    for (let step = 0; step < size; step += 1) {
      const row = upward ? size - 1 - step : step;
      for (const column of [right, right - 1]) {
        if (modules[row]?.[column] !== null) continue;
        set(row, column, (bits[next] === 1) !== turned(row, column));
        next += 1;
      }
    }
  }
  return modules.map((line) => line.map((dark) => dark === true));
}

/** Level M and the mask, with their correction, in both places; and the module that is always dark (§7.9). */
function formatOf(mask: number, size: number): [row: number, column: number, dark: boolean][] {
  let rest = mask << 10;
  for (let i = 14; i >= 10; i -= 1) if ((rest >> i) & 1) rest ^= 0x537 << (i - 10);
  const bits = ((mask << 10) | rest) ^ 0x5412;
  const dark = (i: number) => ((bits >> i) & 1) === 1;
  return Array.from({ length: 15 }, (_, i): [number, number, boolean][] => [
    i < 8 ? [i + (i > 5 ? 1 : 0), 8, dark(i)] : [8, i === 8 ? 7 : 14 - i, dark(i)],
    i < 8 ? [8, size - 1 - i, dark(i)] : [size - 15 + i, 8, dark(i)],
  ]).flat().concat([[size - 8, 8, true]]);
}

/** How badly it reads: long runs, blocks, what looks like a corner, too much of one colour (§7.8.3). */
function penaltyOf(code: QrCode): number {
  const size = code.length;
  const lines = [...code, ...code.map((_, c) => code.map((row) => row[c] ?? false))].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''));
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/gu) ?? []).reduce((sum, run) => sum + run.length - 2, 0);
  const corners = lines.reduce((sum, line) => sum + 40 * (line.match(/(?=00001011101|10111010000)/gu)?.length ?? 0), 0);
  let blocks = 0;
  for (let r = 1; r < size; r += 1) for (let c = 1; c < size; c += 1) {
    const here = code[r]?.[c];
    if (here === code[r - 1]?.[c] && here === code[r]?.[c - 1] && here === code[r - 1]?.[c - 1]) blocks += 3;
  }
  const dark = code.flat().filter(Boolean).length;
  return runs + corners + blocks + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10));
}
