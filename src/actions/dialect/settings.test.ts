import { describe, expect, it } from 'vitest';
import { providers } from '../../providers/all.ts';
import type { Sent } from '../../providers/contract.ts';
import { formatFor, optionsOfSettings } from './settings.ts';

const of = (id: string) => {
  const provider = providers.find((one) => one.id === id);
  if (!provider) throw new Error(`no network ${id}`);
  return provider;
};
const words: Sent = { pictures: 0, videos: 0, place: { remoteId: 'programming', name: 'r/programming' } };
const translate = (id: string, settings: object, sent: Partial<Sent> = {}) => {
  const { options, problems, pictures } = optionsOfSettings(of(id), settings as Record<string, unknown>, { ...words, ...sent });
  return { options, problems: problems.map(({ field }) => field), pictures: pictures.map(({ option, ref }) => [option, ref.id ?? ref.path]) };
};
const fine = (options: object) => ({ options, problems: [], pictures: [] });

// The examples of docs.postiz.com/public-api/providers, network by network, as their fields stand there (read 2026-11-25).
describe('settings as programs for Postiz send them', () => {
  it.each<[string, object, object, Partial<Sent>?]>([
    ['x', { __type: 'x', who_can_reply_post: 'following', community: '', made_with_ai: true, paid_partnership: false, post_type: 'post', active_thread_finisher: false, thread_finisher: '' }, { reply_settings: 'following', made_with_ai: 'on' }],
    ['linkedin', { __type: 'linkedin', post_as_images_carousel: true, carousel_name: 'My slides' }, { format: 'document', title: 'My slides' }],
    ['linkedin-page', { __type: 'linkedin-page', post_as_images_carousel: false }, {}],
    ['facebook', { __type: 'facebook', url: 'https://example.org/', post_type: 'post' }, { link: 'https://example.org/', format: 'post' }],
    ['instagram', { __type: 'instagram-standalone', post_type: 'post', collaborators: [{ label: 'one' }, { label: 'two' }] }, { format: 'post', collaborators: 'one, two' }, { pictures: 1 }],
    ['instagram', { post_type: 'post', is_trial_reel: true, graduation_strategy: 'SS_PERFORMANCE' }, { format: 'reel', trial: 'SS_PERFORMANCE' }, { videos: 1 }],
    ['instagram', { post_type: 'story' }, { format: 'story' }, { videos: 1 }],
    ['threads', { __type: 'threads' }, {}], ['mastodon', { __type: 'mastodon' }, {}], ['bluesky', { __type: 'bluesky' }, {}], ['telegram', { __type: 'telegram' }, {}],
    ['youtube', { __type: 'youtube', title: 'A film', type: 'unlisted', selfDeclaredMadeForKids: 'no', tags: [{ value: 'tech', label: 'Tech' }, { value: 'b', label: 'B' }] }, { title: 'A film', privacy: 'unlisted', madeForKids: 'no', tags: 'Tech, B' }],
    ['tiktok', { __type: 'tiktok', title: '', privacy_level: 'PUBLIC_TO_EVERYONE', duet: false, stitch: true, comment: true, autoAddMusic: 'no', brand_content_toggle: true, brand_organic_toggle: false, video_made_with_ai: false, content_posting_method: 'DIRECT_POST' }, { privacy_level: 'PUBLIC_TO_EVERYONE', stitch: 'on', comment: 'on', brand_content_toggle: 'on', disclose: 'on' }],
    ['reddit', { __type: 'reddit', subreddit: [{ value: { subreddit: 'Programming', title: 'Mine', type: 'link', url: 'https://example.org/', is_flair_required: true, flair: { id: 'abc', name: 'News' } } }] }, { title: 'Mine', format: 'link', url: 'https://example.org/', flair: 'abc' }],
    ['reddit', { subreddit: [{ value: { subreddit: 'r/programming', title: 'Mine', type: 'self', url: '', is_flair_required: false, flair: null } }] }, { title: 'Mine', format: 'text' }],
    ['pinterest', { __type: 'pinterest', board: '123', title: 'Pin', link: 'https://example.org/', dominant_color: '#112233' }, { board: '123', title: 'Pin', link: 'https://example.org/', color: '#112233' }],
    ['discord', { __type: 'discord', channel: '7' }, {}], ['discord-bot', { __type: 'discord', channel: 'programming' }, {}],
    ['devto', { __type: 'devto', title: 'An article', tags: [{ value: 1, label: 'webdev' }], canonical: 'https://example.org/' }, { title: 'An article', tags: 'webdev', canonicalUrl: 'https://example.org/' }],
    ['mastodon', { visibility: 'unlisted', sensitive: 'yes', spoiler_text: 'Careful' }, { visibility: 'unlisted', sensitive: 'on', spoiler_text: 'Careful' }],
  ])('%s %j', (id, settings, options, sent) => {
    expect(translate(id, settings, sent)).toEqual(fine(options));
  });

  it.each<[string, object, string]>([
    ['x', { community: 'https://x.com/i/communities/1' }, 'settings.community'], ['x', { post_type: 'article' }, 'settings.post_type'],
    ['tiktok', { content_posting_method: 'UPLOAD' }, 'settings.content_posting_method'], ['tiktok', { duet: 'perhaps' }, 'settings.duet'],
    ['facebook', { text_format_preset_id: '1' }, 'settings.text_format_preset_id'], ['instagram', { audio: { id: '1' } }, 'settings.audio'],
    ['youtube', { playlistId: '1' }, 'settings.playlistId'], ['devto', { main_image: { path: 'x' } }, 'settings.main_image'],
    ['reddit', { subreddit: [{ value: { subreddit: 'other', title: 'x', type: 'self' } }] }, 'settings'], ['reddit', { subreddit: [] }, ''], ['reddit', { subreddit: [{ value: {} }] }, 'settings'],
    ['discord-bot', { channel: '99' }, 'settings'], ['mastodon', { poll: { options: [] } }, 'settings.poll'], ['mastodon', { language: { deep: 1 } }, 'settings.language'],
    ['mastodon', { toString: 'x' }, 'settings.toString'], ['mastodon', { 'plug--add-comment--active': true }, 'settings.plug--add-comment--active'],
  ])('says what it cannot do: %s %j', (id, settings, field) => {
    expect(translate(id, settings).problems).toEqual(field === '' ? [] : [field]);
  });

  it('asks for nothing where nothing is said or everything is off', () => {
    for (const { id } of providers) expect(translate(id, { __type: id, unknown: '', another: null, third: [], 'plug--x--active': false })).toEqual(fine({}));
  });

  it('takes pictures by id or path', () => {
    expect(translate('youtube', { thumbnail: { id: 'a', path: 'https://x/y.png' } }).pictures).toEqual([['thumbnail', 'a']]);
    expect(translate('youtube', { thumbnail: 7 }).problems).toEqual(['settings.thumbnail']);
  });

  it('names only fields that there are', () => {
    for (const { id, fields, dialect } of providers) {
      const names = ['format', ...fields.map(({ name }) => name)];
      for (const [theirs, alias] of Object.entries(dialect?.settings ?? {})) {
        if (typeof alias === 'object' && !('refused' in alias)) expect(names, `${id} ${theirs}`).toContain('picture' in alias ? alias.picture : alias.option);
      }
      for (const [theirs, field] of Object.entries(dialect?.tools ?? {})) expect(fields.find(({ name }) => name === field)?.loads, `${id} ${theirs}`).toBe(true);
    }
  });

  it('finds the kind of post that media make', () => {
    const kind = (id: string, pictures: number, videos: number) => formatFor(of(id), { ...words, pictures, videos });
    expect([kind('tiktok', 0, 1), kind('tiktok', 3, 0), kind('reddit', 0, 0), kind('reddit', 1, 0), kind('reddit', 3, 0), kind('reddit', 0, 1), kind('mastodon', 1, 0)])
      .toEqual(['video', 'photo', undefined, 'image', 'gallery', 'video', undefined]);
  });
});
