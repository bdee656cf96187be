/** What a post looks like at its network: data for the preview, which draws it and knows no network by name. */
export interface Appearance extends Shape {
  colors: { day: Palette; night: Palette };
  /** Laid over it where a format looks otherwise. */
  formats?: Readonly<Record<string, Partial<Shape>>>;
  /** Laid over it where the first file is a video that is not wider than high, and no longer than this (ms). */
  upright?: { maxMs: number; shape: Partial<Shape> };
}

/**
 * `feed`: a post among others · `photo`: the picture first, its words below · `story`: a full screen without words ·
 * `video`: a player with a title · `short`: a full screen with words over it · `chat`: a message · `article`: a page to
 * read · `pin`: a tile on a board · `forum`: a title with votes.
 */
export const layouts = ['feed', 'photo', 'story', 'video', 'short', 'chat', 'article', 'pin', 'forum'] as const;
export type Layout = (typeof layouts)[number];

/** The signs under or beside a post, by what they do. */
export const signs = ['reply', 'repost', 'like', 'thumb', 'down', 'views', 'save', 'share', 'send', 'vote', 'react', 'star', 'more', 'sound'] as const;
export type Sign = (typeof signs)[number];

export interface Shape {
  layout: Layout;
  face: 'round' | 'rounded' | 'square';
  /** Words and media stand beside the face, or below it over the whole width. */
  body: 'beside' | 'below';
  /** What the head says, in its order (`user`: the handle without its sign). On one line, or the first of them above the rest. */
  head: readonly ('name' | 'user' | 'handle' | 'time')[];
  headLines: 1 | 2;
  /** How a post says when it was made: how long ago, or by the clock. */
  time: 'ago' | 'clock';
  /** What stands above what, below the head. */
  order: readonly ('title' | 'text' | 'media')[];
  words: Words;
  grid: Grid;
  /** The card of a link: a large picture above its words, a small one beside them, or a bar at its side; null where there is none. */
  card: 'large' | 'small' | 'bar' | null;
  signs: readonly Sign[];
  /** Over the whole width, together at the start, or a column at the side of the screen. */
  signsAt: 'spread' | 'start' | 'side';
  /** A message stands in a bubble. */
  bubble?: true;
  /** Options that can be seen in the post, by the names of their fields. */
  options?: SeenOptions;
}

export interface Words {
  /** What is shown before "more", in lines; characters are `TextRule.fold`. */
  lines?: number;
  /** What stands out in the network's color. */
  marks: readonly ('link' | 'tag' | 'mention')[];
  /** Links are shown without `https://` and cut after so many characters. */
  linksTo?: number;
  /** Captions longer than this follow as a message of their own. */
  captionTo?: number;
}

/** How several files stand together. */
export interface Grid {
  /** One block; one at a time with dots below; side by side, to be pushed along; or one below the other. */
  as: 'block' | 'carousel' | 'strip' | 'stack';
  /** Most that are shown: what is left is a number over the last. */
  most: number;
  /** A block's first one stands alone above the others. */
  lead?: true;
  /** Width over height between which a single one keeps its shape; outside, it is cut to the nearest. */
  single: { min: number; max: number };
  /** Width over height of a block, and of each in a carousel; absent: as the first one is. */
  whole?: number;
}

export interface SeenOptions {
  /** Stands in place of the name of the account. */
  name?: string;
  title?: string;
  /** An address that is shown as a card. */
  link?: string;
  /** While it is ticked, no card is made. */
  noCard?: string;
  /** Shown in place of the words until somebody opens them. */
  warning?: string;
  /** While it is ticked, files are hidden. */
  veils?: readonly string[];
  /** Words for it at the title or below the text; a checkbox shows its label. */
  badges?: readonly string[];
  /** Words with commas between them, shown as tags. */
  tags?: string;
  comment?: string;
  cover?: Cover;
  poll?: Poll;
}

/** What stands for a video until it plays: a picture, or a second of the video (`whole`: in whole seconds). */
export interface Cover {
  picture?: string;
  second?: string;
  whole?: true;
}

/** `choices`: a field each, or one field with a line each. Absent `question`: the text of the post asks. */
export interface Poll {
  question?: string;
  choices: readonly string[];
  /** Radio signs, bars to press. */
  as: 'bars' | 'radios';
}

/** CSS hex. Words in ink, soft and accent can be read on the ground, ink and soft on the wash too: a test reckons. */
export interface Palette {
  ground: string;
  /** What lies behind messages, or fills boxes and pills. */
  wash: string;
  ink: string;
  soft: string;
  rule: string;
  /** Links, tags and mentions. */
  accent: string;
}

/** The shape that counts for a format and for the first file. */
export function shapeOf(appearance: Omit<Appearance, 'colors'>, format: string | undefined, first: { kind: string; width: number; height: number; durationMs?: number } | undefined): Shape {
  const { formats = {}, upright } = appearance;
  const isUpright = upright && first?.kind === 'video' && first.width <= first.height && (first.durationMs ?? 0) <= upright.maxMs;
  return { ...appearance, ...(format === undefined ? {} : formats[format]), ...(isUpright ? upright.shape : {}) };
}

const screen = { min: 0.5, max: 1 };

/** A full screen with words over it, as many networks have it: laid over their own. */
export const shortShape: Partial<Shape> = {
  layout: 'short', face: 'round', order: ['title', 'text'], card: null, signsAt: 'side', signs: ['like', 'reply', 'share', 'more'],
  grid: { as: 'carousel', most: 1, single: screen, whole: 9 / 16 },
};

/** A full screen without words. */
export const storyShape: Partial<Shape> = {
  layout: 'story', face: 'round', headLines: 1, order: [], card: null, signsAt: 'spread', signs: ['like', 'send'],
  grid: { as: 'carousel', most: 1, single: screen, whole: 9 / 16 },
};

/** The name of the field, not words for people. */
const titleField = 'title';

const paper: Shape = {
  layout: 'feed', face: 'round', body: 'below', head: ['name', 'handle'], headLines: 2, time: 'ago', order: ['title', 'text', 'media'],
  words: { marks: ['link', 'tag', 'mention'] }, grid: { as: 'block', most: 4, single: { min: 1 / 4, max: 4 }, whole: 3 / 2 }, card: 'small', signs: [], signsAt: 'start',
  options: { title: titleField },
};

/** How a network is shown that says nothing of it: on our own paper, in the frame of its format. */
export function plainShape(frame: number | undefined, hasWords: boolean): Shape {
  if (frame === undefined) return paper;
  const grid: Grid = { as: 'carousel', most: 1, single: { min: frame, max: frame }, whole: frame };
  if (frame > 0.7) return { ...paper, grid };
  return { ...paper, ...(hasWords ? shortShape : storyShape), head: ['name'], headLines: 1, grid, signs: [], ...(hasWords && { options: { title: titleField } }) };
}
