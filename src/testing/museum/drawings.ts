import sharp from 'sharp';

// Pictures of a harbour, drawn from scratch: a museum's workspace needs some, and they must be ours to show.

/** Sky, sun or moon, sea, quay. */
interface Light { sky: string; sun: string; sea: string; quay: string; high: number }

const lights = {
  morning: { sky: '#f2d7b6', sun: '#fff3d6', sea: '#5f8fa8', quay: '#3c4a5a', high: 0.42 },
  noon: { sky: '#a9cfe3', sun: '#fff8e2', sea: '#2f6f8f', quay: '#5a6470', high: 0.2 },
  dusk: { sky: '#5b4a78', sun: '#f2a65a', sea: '#2b3a67', quay: '#191d33', high: 0.5 },
} satisfies Record<string, Light>;

/** What stands in the picture, in a box of 1000 by 1000 whose lower edge is the water. */
const things = {
  crane: '<g fill="none" stroke="#20242f" stroke-width="18"><path d="M430 640V260h140v380M430 640l140-190M570 640L430 450M430 450l140-190"/><path d="M360 260h420L500 150zM760 262v170"/></g><rect x="735" y="430" width="50" height="60" fill="#8a3b2e"/>',
  lighthouse: '<path d="M440 640l30-400h60l30 400z" fill="#f4efe4"/><path d="M458 400l6-80h72l6 80zM448 540l6-80h92l6 80z" fill="#b3261e"/><rect x="462" y="180" width="76" height="60" fill="#f4d58d" stroke="#20242f" stroke-width="8"/><path d="M450 182l50-60 50 60z" fill="#20242f"/>',
  ship: '<path d="M170 560h660l-90 110H260z" fill="#20242f"/><path d="M190 600h600l-24 30H214z" fill="#8a3b2e"/><rect x="300" y="470" width="270" height="90" fill="#f4efe4"/><path d="M330 495h40v30h-40zM400 495h40v30h-40zM470 495h40v30h-40z" fill="#2f6f8f"/><rect x="420" y="360" width="70" height="110" fill="#b3261e"/><rect x="420" y="360" width="70" height="26" fill="#20242f"/><path d="M660 560V300M660 300l90 240h-90" stroke="#20242f" stroke-width="10" fill="#e8dcc0"/>',
  boats: '<path d="M120 610h240l-40 60H160z" fill="#2f5aa8"/><path d="M240 610V390l110 200H240" fill="#fffdf8" stroke="#20242f" stroke-width="6"/><path d="M420 620h200l-34 50H454z" fill="#b3261e"/><path d="M520 620V440l80 160h-80" fill="#f4d58d" stroke="#20242f" stroke-width="6"/><path d="M690 612h220l-38 56H728z" fill="#2e6b34"/><path d="M800 612V420l-90 180h90" fill="#fffdf8" stroke="#20242f" stroke-width="6"/>',
  sheds: '<path d="M140 640V450l120-80 120 80v190z" fill="#8a3b2e"/><path d="M380 640V430l120-80 120 80v210z" fill="#7a4a2f"/><path d="M620 640V460l120-80 120 80v180z" fill="#5f6114"/><path d="M220 640V520h80v120zM460 640V510h80v130zM700 640V530h80v110z" fill="#20242f"/>',
} as const;

export type Thing = keyof typeof things;

export interface Drawing { thing: Thing; light: keyof typeof lights; width: number; height: number }

/** A JPEG of it. */
export async function drawn({ thing, light, width, height }: Drawing): Promise<Buffer> {
  const { sky, sun, sea, quay, high } = lights[light];
  const water = height * 0.66;
  const size = Math.min(width, height);
  const waves = Array.from({ length: 9 }, (_, n) => {
    const y = water + 14 + n * n * (height / 210);
    const from = ((n * 137) % 60) / 100 * width;
    return `<path d="M${from} ${y}q${width / 24} -${size / 90} ${width / 12} 0t${width / 12} 0" fill="none" stroke="#fff" stroke-opacity="0.28" stroke-width="${size / 170}"/>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="${width}" height="${height}" fill="${sky}"/>
    <circle cx="${width * 0.74}" cy="${height * high}" r="${size * 0.09}" fill="${sun}"/>
    <path d="M0 ${water - height * 0.05}Q${width * 0.2} ${water - height * 0.13} ${width * 0.45} ${water - height * 0.04}T${width} ${water - height * 0.08}V${water}H0z" fill="${quay}" opacity="0.55"/>
    <rect y="${water}" width="${width}" height="${height - water}" fill="${sea}"/>
    <svg x="${(width - size) / 2}" y="${water - size * 0.665}" width="${size}" height="${size}" viewBox="0 0 1000 1000">${things[thing]}</svg>
    ${waves}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 82 }).toBuffer();
}

/** A face for a channel: a sign on a round ground. */
export async function face(ground: string, sign: Thing): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="128" height="128"><rect width="128" height="128" fill="${ground}"/><svg x="14" y="8" width="100" height="100" viewBox="80 100 840 840">${things[sign]}</svg></svg>`;
  return sharp(Buffer.from(svg)).png({ palette: true }).toBuffer();
}
