import { describe, expect, it } from 'vitest';
import { qrCode, qrMax } from './qr.ts';

/** What a reader would see first: which level and mask the code says it has (ISO/IEC 18004 §7.9), read by the table of all 32. */
function formatOf(code: readonly (readonly boolean[])[]): number {
  const bits = [0, 1, 2, 3, 4, 5, 7, 8].map((row) => code[row]?.[8]).concat([7, 5, 4, 3, 2, 1, 0].map((column) => code[8]?.[column]));
  return bits.reduce((sum, dark, i) => sum | (dark ? 1 << i : 0), 0);
}

/** Level M with masks 0 to 7 (annex C, table C.1). */
const formatsOfM = [0x5412, 0x5125, 0x5e7c, 0x5b4b, 0x45f9, 0x40ce, 0x4f97, 0x4aa0];

describe('a QR code', () => {
  it.each([[1, 21], [14, 21], [15, 25], [26, 25], [42, 29], [62, 33], [84, 37], [qrMax, 41]])('of %i bytes has %i modules a side, and says its level as the standard does', (bytes, side) => {
    const code = qrCode('a'.repeat(bytes));
    expect(code?.length).toBe(side);
    expect(formatsOfM).toContain(formatOf(code ?? []));
    // The three corners, and the dark module.
    for (const [row, column] of [[0, 0], [0, side - 7], [side - 7, 0]] as const) {
      expect(code?.slice(row, row + 7).map((line) => line.slice(column, column + 7).map((dark) => (dark ? '#' : '.')).join(''))).toEqual(['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######']);
    }
    expect(code?.[side - 8]?.[8]).toBe(true);
  });

  it('is not made of what does not fit', () => {
    expect(qrCode('a'.repeat(qrMax + 1))).toBeNull();
    expect(qrCode('é'.repeat(qrMax / 2 + 1))).toBeNull();
  });

  it('is the same as it was when other programs read it', () => {
    // Read whole by jsQR 1.4.0 for 318 texts of 1 to 106 bytes (2026-11-26); this is one of them.
    const rows = qrCode('https://t.me/postmaster_bot')?.map((line) => parseInt(line.map((dark) => (dark ? 1 : 0)).join(''), 2).toString(36)).join(' ');
    expect(rows).toBe('8tm8vz 4iqxc1 6gvi3h 6h9659 6hel3x 4iz8ld 8tz2pr 10000 6lfyik 514r81 7rdgts 28pbi2 40j0gc ahrht 7h2j0c 1angde 2bqz9o 5z1dyt 52x2kk 4sa25e 6cuhh3 161b3 8t6hjw 4iyu4x 6hb0tz 6hcvm4 6ha63i 4id9ju 8u4cjg');
  });
});
