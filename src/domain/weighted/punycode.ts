// RFC 3492, as far as needed to know how long a label is in the domain name system.

const [base, least, most, skew, damp] = [36, 1, 26, 38, 700];

/** Length of a label as the domain name system has it: as it is, or `xn--` and its Punycode. */
export function punycodeLength(label: string): number {
  return label.split(/[。．｡]/u).map((piece) => (/[^\0-\x7E]/u.test(piece) ? 'xn--'.length + encodedLength(piece) : piece.length))
    .reduce((sum, length) => sum + 1 + length, -1);
}

function encodedLength(text: string): number {
  const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
  const basic = points.filter((point) => point < 0x80).length;
  let length = basic + (basic > 0 ? 1 : 0);
  let [delta, bias, handled, current] = [0, 72, basic, 0x80];
  const waiting = [...new Set(points.filter((point) => point >= 0x80))].sort((a, b) => a - b);
  for (const point of waiting) {
    delta += (point - current) * (handled + 1);
    for (const other of points) {
      if (other < point) delta += 1;
      if (other !== point) continue;
      length += digitsOf(delta, bias);
      bias = adapted(delta, handled + 1, handled === basic);
      delta = 0;
      handled += 1;
    }
    delta += 1;
    current = point + 1;
  }
  return length;
}

/** Digits of a delta as a variable-length integer. */
function digitsOf(delta: number, bias: number): number {
  let rest = delta;
  let digits = 1;
  for (let k = base; ; k += base) {
    const threshold = Math.min(Math.max(k - bias, least), most);
    if (rest < threshold) return digits;
    rest = Math.floor((rest - threshold) / (base - threshold));
    digits += 1;
  }
}

function adapted(delta: number, points: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? damp : 2));
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > ((base - least) * most) / 2; k += base) rest = Math.floor(rest / (base - least));
  return k + Math.floor(((base - least + 1) * rest) / (rest + skew));
}
