/** Real H.264 for tests: grey pictures of any size, as Rec. ITU-T H.264 (08/2021) writes them, without an encoder. */

/** Bits of a NAL unit. Numbers are written in so many bits, or as Exp-Golomb codes (§9.1). */
class Bits {
  private readonly bytes: number[] = [];
  private free = 0;

  put(value: number, count: number): this {
    for (let bit = count - 1; bit >= 0; bit -= 1) {
      if (this.free === 0) {
        this.bytes.push(0);
        this.free = 8;
      }
      this.free -= 1;
      const last = this.bytes.length - 1;
      this.bytes[last] = (this.bytes[last] ?? 0) | (Math.floor(value / 2 ** bit) % 2) << this.free;
    }
    return this;
  }

  ue(value: number): this {
    const length = 31 - Math.clz32(value + 1);
    return this.put(0, length).put(value + 1, length + 1);
  }

  se(value: number): this {
    return this.ue(value > 0 ? 2 * value - 1 : -2 * value);
  }

  /** With the closing bit, and a 3 put in where three bytes could be taken for a start code (§7.4.1). */
  unit(type: number): Buffer {
    this.put(1, 1);
    const out = [type];
    let zeros = 0;
    for (const byte of this.bytes) {
      if (zeros >= 2 && byte <= 3) {
        out.push(3);
        zeros = 0;
      }
      zeros = byte === 0 ? zeros + 1 : 0;
      out.push(byte);
    }
    return Buffer.from(out);
  }
}

const macroblocks = ({ width, height }: { width: number; height: number }) => ({ wide: Math.ceil(width / 16), high: Math.ceil(height / 16) });

/** Sequence parameters: Baseline, 4:2:0, cropped to the size (§7.3.2.1). */
export function sequence(size: { width: number; height: number }): Buffer {
  const { wide, high } = macroblocks(size);
  const bits = new Bits().put(66, 8).put(0b1100_0000, 8).put(52, 8)
    .ue(0).ue(4).ue(2).ue(1).put(0, 1).ue(wide - 1).ue(high - 1).put(1, 1).put(1, 1);
  const right = Math.floor((wide * 16 - size.width) / 2);
  const bottom = Math.floor((high * 16 - size.height) / 2);
  if (right + bottom === 0) bits.put(0, 1);
  else bits.put(1, 1).ue(0).ue(right).ue(0).ue(bottom);
  return bits.put(0, 1).unit(0x67);
}

/** Picture parameters: the plainest there are (§7.3.2.2). */
export function picture(): Buffer {
  return new Bits().ue(0).ue(0).put(0, 2).ue(0).ue(0).ue(0).put(0, 3).se(0).se(0).se(0).put(0b100, 3).unit(0x68);
}

/** A picture that stands alone: each macroblock is the mean of its neighbours and nothing else, which makes grey. */
export function keyFrame(size: { width: number; height: number }): Buffer {
  const { wide, high } = macroblocks(size);
  const bits = new Bits().ue(0).ue(7).ue(0).put(0, 8).ue(0).put(0, 2).se(0).ue(1);
  for (let n = 0; n < wide * high; n += 1) bits.ue(3).ue(0).se(0).put(1, 1);
  return bits.unit(0x65);
}

/** A picture that is the same as the one before: every macroblock skipped. `number` counts from the key frame. */
export function sameFrame(size: { width: number; height: number }, number: number): Buffer {
  const { wide, high } = macroblocks(size);
  return new Bits().ue(0).ue(5).ue(0).put(number % 256, 8).put(0, 1).put(0, 1).put(0, 1).se(0).ue(1).ue(wide * high).unit(0x41);
}
