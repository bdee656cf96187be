import * as z from 'zod';
import { provider, type Composing, type Field, type Mention, type Provider } from '../../providers/contract.ts';

export const richFields: readonly Field[] = [
  { name: 'title', label: 'Title', kind: 'text', required: true, formats: ['reel'], help: 'Shown above the video.' },
  { name: 'note', label: 'First comment', kind: 'textarea', placeholder: 'Goes below the post' },
  { name: 'link', label: 'Link', kind: 'url' },
  { name: 'start', label: 'Cover at second', kind: 'number', formats: ['reel'] },
  { name: 'opens', label: 'Opens at', kind: 'datetime', help: 'Until then only you can see it.' },
  { name: 'privacy', label: 'Who can see it', kind: 'select', placeholder: 'Choose who can see it', loads: true, required: true },
  { name: 'audience', label: 'Audience', kind: 'select', choices: [{ value: 'all', label: 'Everyone' }, { value: 'adults', label: 'Adults', barred: { by: { field: 'brand', is: true }, why: 'Advertising is for everyone.' } }] },
  { name: 'comments', label: 'Allow comments', kind: 'checkbox' },
  { name: 'brand', label: 'This is advertising', kind: 'checkbox', barred: { by: { field: 'privacy', is: 'SELF' }, why: 'Advertising cannot be for you alone.' } },
  { name: 'sponsor', label: 'For whom', kind: 'text', required: true, when: { field: 'brand', is: true } },
  { name: 'agency', label: 'Agency', kind: 'text', when: { field: 'audience', is: 'all', and: { field: 'brand', is: true } } },
  { name: 'cover', label: 'Cover', kind: 'image', formats: ['reel'] },
  { name: 'terms', label: 'Terms', kind: 'note', help: 'By posting you agree to the music terms of Rich.', links: [{ text: 'music terms', url: 'https://rich.test/music' }] },
];

const options = z.object({
  format: z.enum(['feed', 'reel', 'story']).default('feed'), title: z.string().max(20).optional(), note: z.string().optional(), link: z.string().optional(),
  start: z.number().min(0).max(60).optional(), opens: z.iso.datetime().optional(), privacy: z.string().optional(), audience: z.enum(['all', 'adults']).default('all'),
  comments: z.boolean().default(false), brand: z.boolean().default(false), sponsor: z.string().optional(), agency: z.string().optional(), cover: z.string().optional(),
});

export const richAnswer: Composing = {
  account: { name: 'Ada of Rich', avatarUrl: null },
  choices: { privacy: [{ value: 'PUBLIC', label: 'Everybody' }, { value: 'SELF', label: 'Only me' }] },
  disabled: { comments: 'Comments are off in the settings of this account.' },
  notices: ['It takes a few minutes until a video is there.'],
};

/** Whom the network knows; to `trouble` it answers with an error, to `nowhere` never. */
export const richPeople: readonly Mention[] = [{ name: 'Grace Hopper', handle: '@grace', text: '@grace' }, { name: 'Grain Boats', handle: '@grain.boats', text: '@grain.boats' }];

/** A network that has everything a composer must be able to show: formats, fields of every kind, and a say of its own. */
export function richProvider(composing: () => Promise<Composing> = async () => richAnswer): Provider {
  return provider<object, z.infer<typeof options>>({
    id: 'rich', name: 'Rich', colour: '#aa3366',
    capabilities: {
      text: { max: 300, unit: 'graphemes', required: false, fold: 120 },
      images: { max: 10, types: ['image/jpeg'], maxBytes: 8_000_000, aspect: { min: 0.8, max: 1.91 } },
      videos: { max: 10, types: ['video/mp4', 'video/quicktime', 'video/webm'], maxBytes: 100_000_000 },
      media: { min: 1, max: 10, mixed: true }, alt: { max: 200 }, thread: null, links: 'platform_card', settleMs: 1_000, inDoubt: 'looked_up',
      formats: [
        { value: 'feed', label: 'Feed', limits: {} },
        { value: 'reel', label: 'Reel', frame: 9 / 16, limits: { images: null, videos: { max: 1, maxMs: 90_000 }, media: { min: 1, max: 1 } } },
        { value: 'story', label: 'Story', frame: 9 / 16, limits: { text: { max: 0 }, media: { min: 1, max: 1 } } },
      ],
    },
    fields: richFields, grant: z.object({}), options,
    connect: { kind: 'form', fields: [], help: '', verify: async () => ({ account: { id: '1', name: 'Ada' }, grant: {} }) },
    targets: async () => [],
    mentions: async (_, typed) => (typed === 'trouble' ? Promise.reject(new Error('down')) : typed === 'nowhere' ? new Promise(() => {}) : richPeople.filter(({ text }) => text.startsWith(`@${typed}`))),
    composing,
    check: ({ options: { link, audience } }) => (link !== undefined && audience === 'adults' ? [{ field: 'option.link', message: 'Rich takes no links for adults.' }] : []),
    publish: async () => ({ remoteId: '1', url: null }),
  });
}
