import { describe, expect, it } from 'vitest';
import { optionsOf } from '../../actions/posts/options.ts';
import { limitsOf } from '../../domain/capabilities.ts';
import { costOf } from '../../domain/billing/costs.ts';
import { checkContent } from '../../domain/limits.ts';
import type { Composing, MediaFacts, Problem } from '../contract.ts';
import { check } from './check.ts';
import { startFakeX } from './fake.ts';
import { x } from './index.ts';
import { capabilities, limitsFor } from './limits.ts';
import { options, type Options } from './options.ts';
import { composing, costsOf, documented } from './prices.ts';
import { clockOf, image, ioOf, jobOf, run, text } from './samples.ts';

const still = (more: Partial<Extract<MediaFacts, { kind: 'image' }>> = {}): MediaFacts =>
  ({ kind: 'image', mediaId: 'i', alt: 'A dot', type: 'image/png', bytes: 1_000, width: 100, height: 100, animated: false, ...more });
const moving = (more: object = {}) => still({ type: 'image/gif', animated: true, ...more });
const film = (more: Partial<Extract<MediaFacts, { kind: 'video' }>> = {}): MediaFacts =>
  ({ kind: 'video', mediaId: 'v', alt: '', type: 'video/mp4', bytes: 1e6, width: 1280, height: 720, durationMs: 10_000, videoCodec: 'h264', audioCodec: 'aac', frameRate: 30, ...more });

const told = (problems: readonly Problem[]) => problems.map(({ field, level }) => `${level ?? 'error'} ${field}`);
/** Everything that stands in the way of a post, as saving asks for it. */
function all(parts: { text: string; media?: MediaFacts[] }[], given: Partial<Options> = {}, subscription: string | null = null, asked: Composing | null = null) {
  const draft = parts.map((part) => ({ media: [], ...part }));
  const parsed = options.parse(given);
  return [...checkContent(draft, limitsOf(capabilities, [limitsFor(subscription)], parsed.format), 'X'), ...check({ options: parsed, parts: draft, composing: asked })];
}

describe('limits', () => {
  it.each<[string, ReturnType<typeof all>, string[]]>([
    ['280 by weight', all([{ text: 'の'.repeat(140) }]), []],
    ['281 by weight', all([{ text: `${'の'.repeat(140)}a` }]), ['error part.0']],
    ['a link is 23 however long', all([{ text: `${'a'.repeat(256)} https://example.com/${'b'.repeat(300)}` }]), ['warning part.0']],
    ['a link is 23, one too many', all([{ text: `${'a'.repeat(257)} https://example.com/${'b'.repeat(300)}` }]), ['error part.0', 'warning part.0']],
    ['a bare domain is a link', all([{ text: `${'a'.repeat(257)} example.com` }]), ['error part.0', 'warning part.0']],
    ['25,000 with a subscription', all([{ text: 'a'.repeat(25_000) }], {}, 'Premium'), []],
    ['25,001 with a subscription', all([{ text: 'a'.repeat(25_001) }], {}, 'Premium'), ['error part.0']],
    ['media without words', all([{ text: '', media: [still()] }]), []],
    ['nothing at all', all([{ text: '' }]), ['error part.0']],
    ['four pictures', all([{ text: '', media: [still(), still(), still(), still()] }]), []],
    ['five pictures', all([{ text: '', media: [still(), still(), still(), still(), still()] }]), ['error part.0.media']],
    ['a picture and a video', all([{ text: '', media: [still(), film()] }]), ['error part.0.media']],
    ['two videos', all([{ text: '', media: [film(), film()] }]), ['error part.0.media']],
    ['a description of 1,001', all([{ text: '', media: [still({ alt: 'a'.repeat(1_001) })] }]), ['error part.0.alt.0']],
    ['no description', all([{ text: '', media: [still({ alt: '' })] }]), ['warning part.0.alt.0']],
    ['a description of a video', all([{ text: '', media: [film({ alt: 'A film' })] }]), ['warning part.0.media']],
    ['a moving GIF', all([{ text: '', media: [moving()] }]), []],
    ['a moving GIF among others', all([{ text: '', media: [moving(), still()] }]), ['error part.0.media']],
    ['a GIF that stands still among others', all([{ text: '', media: [moving({ animated: false }), still()] }]), []],
    ['a GIF too wide', all([{ text: '', media: [moving({ width: 1_281 })] }]), ['error part.0.media']],
    ['a GIF too high', all([{ text: '', media: [moving({ height: 1_081 })] }]), ['error part.0.media']],
    ['a GIF too large', all([{ text: '', media: [moving({ bytes: 15 * 1024 * 1024 + 1 })] }]), ['error part.0.media']],
    ['a moving WebP', all([{ text: '', media: [still({ type: 'image/webp', animated: true })] }]), ['warning part.0.media']],
    ['a video of 720p held upright', all([{ text: '', media: [film({ width: 720, height: 1280 })] }]), []],
    ['a video of 1280 by 1024', all([{ text: '', media: [film({ height: 1_024 })] }]), []],
    ['a video of 1280 by 1025', all([{ text: '', media: [film({ height: 1_025 })] }]), ['error part.0.media']],
    ['a video of 1080p', all([{ text: '', media: [film({ width: 1_920, height: 1_080 })] }]), ['error part.0.media']],
    ['a video of 1080p with a subscription', all([{ text: '', media: [film({ width: 1_920, height: 1_080 })] }], {}, 'PremiumPlus'), []],
    ['a video of 1920 by 1280 with a subscription', all([{ text: '', media: [film({ width: 1_920, height: 1_280 })] }], {}, 'PremiumPlus'), ['error part.0.media']],
    ['a video of 30 pixels', all([{ text: '', media: [film({ width: 31, height: 31 })] }]), ['error part.0.media', 'error part.0.media']],
    ['a video too tall', all([{ text: '', media: [film({ width: 300, height: 1_000 })] }]), ['error part.0.media']],
    ['a video of 400 ms', all([{ text: '', media: [film({ durationMs: 400 })] }]), ['error part.0.media']],
    ['a video of 140 s', all([{ text: '', media: [film({ durationMs: 140_000 })] }]), []],
    ['a video that some accounts are refused', all([{ text: '', media: [film({ durationMs: 141_000 })] }]), ['warning part.0.media']],
    ['a video of 21 minutes', all([{ text: '', media: [film({ durationMs: 21 * 60_000 })] }]), ['error part.0.media', 'warning part.0.media']],
    ['a video of 125 minutes with a subscription', all([{ text: '', media: [film({ durationMs: 125 * 60_000 })] }], {}, 'Basic'), ['warning part.0.media']],
    ['a video in HEVC', all([{ text: '', media: [film({ videoCodec: 'hevc' })] }]), ['error part.0.media']],
    ['a video with Opus', all([{ text: '', media: [film({ audioCodec: 'opus' })] }]), ['error part.0.media']],
    ['a video of 90 frames', all([{ text: '', media: [film({ frameRate: 90 })] }]), ['error part.0.media']],
    ['a WebM', all([{ text: '', media: [film({ type: 'video/webm', videoCodec: 'vp9' })] }]), ['error part.0.media', 'error part.0.media']],
    ['one cashtag', all([{ text: 'Buy $ABC now, $5 and $100' }]), []],
    ['two cashtags', all([{ text: 'Buy $ABC and $DEF.X' }]), ['error part.0']],
    ['a character that X refuses', all([{ text: 'Pasted\uFEFF' }]), ['error part.0']],
    ['the same twice in a thread', all([{ text: 'Same' }, { text: 'Other' }, { text: ' Same ' }]), ['error part.2']],
    ['the same twice beside pictures', all([{ text: 'Same', media: [still()] }, { text: 'Same', media: [still()] }]), []],
  ])('%s', (_name, found, expected) => expect(told(found)).toEqual(expected));
});

describe('a poll', () => {
  const poll = (given: Partial<Options>, ...media: MediaFacts[]) => told(all([{ text: 'Which?', media }], { format: 'poll', poll1: 'One', poll2: 'Two', ...given }));
  it.each<[string, string[], string[]]>([
    ['of two', poll({}), []],
    ['of four', poll({ poll3: 'Three', poll4: 'Four' }), []],
    ['of one', poll({ poll2: '' }), ['error option.poll2']],
    ['of two, with a gap', poll({ poll2: '', poll4: 'Four' }), []],
    ['with 25 letters, emoji and all', poll({ poll1: '👍'.repeat(25) }), []],
    ['with 26 letters', poll({ poll1: 'a'.repeat(26) }), ['error option.poll1']],
    ['with the same twice', poll({ poll3: 'One' }), ['error option.poll3']],
    ['with a picture', poll({}, still()), ['error part.0.media']],
  ])('%s', (_name, found, expected) => expect(found).toEqual(expected));

  it('may have media in a later part', () => {
    expect(told(all([{ text: 'Which?' }, { text: '', media: [film()] }], { format: 'poll', poll1: 'One', poll2: 'Two' }))).toEqual([]);
  });

  it('comes from a form as it is kept', () => {
    const from = (given: Record<string, string>) => {
      const problems: Problem[] = [];
      return { kept: optionsOf({ channelId: 'c', provider: x, options: given }, { intent: 'schedule', zone: 'UTC', composing: null, files: new Map() }, problems), problems };
    };
    const { kept, problems } = from({ format: 'poll', poll1: ' One ', poll2: 'Two', poll_minutes: '60', reply_settings: 'verified', made_with_ai: 'on' });
    expect(problems).toEqual([]);
    expect(kept).toMatchObject({ format: 'poll', poll1: 'One', poll2: 'Two', poll_minutes: 60, reply_settings: 'verified', made_with_ai: true, paid_partnership: false });
    expect(from({ format: 'post', poll1: 'One' }).kept).toMatchObject({ format: 'post', poll1: '' });
    expect(from({ format: 'poll', poll1: 'One' }).problems.map(({ field }) => field)).toEqual(['c.option.poll2']);
    expect(from({ format: 'poll', poll1: 'One', poll2: 'Two', poll_minutes: '4' }).problems.map(({ field }) => field)).toEqual(['c.option.poll_minutes']);
  });
});

describe('costs', () => {
  it('are told before scheduling: in general by what X says, in particular for a link', async () => {
    const io = ioOf(await startedAndClosed());
    const asked = await composing({} as never, { remoteId: '1' }, io);
    expect(asked.costs).toEqual(documented);
    expect(asked.notices).toEqual(['X charges whoever runs this instance $0.015 for each post, $0.20 for one with a link, and $0.005 for each description of a picture.']);
    const messages = (parts: Parameters<typeof all>[0], told: Composing | null = asked) => all(parts, {}, null, told).filter(({ level }) => level === 'warning').map(({ field, message }) => `${field}: ${message}`);
    expect(messages([{ text: 'No link' }])).toEqual([]);
    expect(messages([{ text: 'See example.com', media: [still()] }])).toEqual(['part.0: X charges $0.20 for a post with a link and $0.015 for one without. This one costs $0.205.']);
    expect(messages([{ text: 'One' }, { text: 'https://a.co' }, { text: 'b.co' }])).toEqual([
      'part.1: 2 of 3 parts have a link, and X charges $0.20 for each of those and $0.015 for the others. This thread costs $0.415.',
    ]);
    // X was not asked: what it has documented counts.
    expect(messages([{ text: 'https://a.co' }], null)).toHaveLength(1);
  });

  it('are the operator\'s, where the operator says so', async () => {
    const fake = await startedAndClosed();
    const at = (settings: Record<string, string>) => ioOf(fake, { settings });
    expect(costsOf(at({}))).toEqual(documented);
    expect(costsOf(at({ X_PRICE_POST: '0', X_PRICE_LINK_POST: '0.1', X_PRICE_DESCRIPTION: 'free' }))).toEqual({ part: 0, partWithLink: 0.1, description: 0.005 });
    const none = await composing({} as never, { remoteId: '1' }, at({ X_PRICE_POST: '0', X_PRICE_LINK_POST: '0', X_PRICE_DESCRIPTION: '0' }));
    expect(none).toEqual({});
    expect(told(all([{ text: 'https://a.co' }], {}, null, none))).toEqual([]);
  });

  it('come to what X bills', async () => {
    const clock = clockOf();
    const fake = await startFakeX({ now: clock.now });
    try {
      const parts = [text('One'), text('See example.com', image('A dot')), text('Two', image(), image('Two dots'))] as const;
      await run(fake, jobOf(fake, [...parts]));
      expect(fake.bill.total()).toBeCloseTo(costOf(parts, documented), 9);
      expect(fake.bill.total()).toBeCloseTo(0.24, 9);
    } finally {
      await fake.close();
    }
  });
});

/** For what makes no call. */
async function startedAndClosed() {
  const fake = await startFakeX();
  await fake.close();
  return fake;
}
