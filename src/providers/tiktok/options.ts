import * as z from 'zod';
import type { Condition, Field } from '../../domain/field.ts';
import { branded, brandedPrivate, disclosed, onlyMe } from './creator.ts';

/** Named as the API names them, as far as it does. Audiences are whatever TikTok offers the account. */
export const options = z.object({
  format: z.enum(['video', 'photo']).default('video'),
  /** Of photo posts. */
  title: z.string().max(1000).default(''),
  privacy_level: z.string().max(64).default(''),
  comment: z.boolean().default(false),
  duet: z.boolean().default(false),
  stitch: z.boolean().default(false),
  disclose: z.boolean().default(false),
  brand_organic_toggle: z.boolean().default(false),
  brand_content_toggle: z.boolean().default(false),
  video_made_with_ai: z.boolean().default(false),
  auto_add_music: z.boolean().default(false),
  /** Seconds into the video. */
  cover_second: z.number().min(0).max(600).default(0),
  /** Which photo, counted from 1. */
  cover_number: z.number().int().min(1).max(35).default(1),
});

export type Options = z.infer<typeof options>;

const video = ['video'] as const;
const photo = ['photo'] as const;

const ownBrandAlone: Condition = { field: 'brand_organic_toggle', is: true, and: { field: 'brand_content_toggle', is: false, and: disclosed } };

const music = { text: 'Music Usage Confirmation', url: 'https://www.tiktok.com/legal/page/global/music-usage-confirmation/en' };
const musicDeclaration = "By posting, you agree to TikTok's Music Usage Confirmation";
const brandedPolicy = { text: 'Branded Content Policy', url: 'https://www.tiktok.com/legal/page/global/bc-policy/en' };

/**
 * "Required UX Implementation in Your App" (Content Sharing Guidelines, copy of 2026-05-01), in its order and its words:
 * an audience without a default, interactions that are off until somebody turns them on, the disclosure of commercial
 * content with what each choice leads to, and the declaration last, before the button.
 */
export const fields: readonly Field[] = [
  { name: 'title', label: 'Title', kind: 'text', formats: photo, help: 'At most 90 characters. The text of the post becomes the description.' },
  { name: 'privacy_level', label: 'Who can view this post', kind: 'select', required: true, loads: true, placeholder: 'Choose who can view it' },
  { name: 'comment', label: 'Allow Comment', kind: 'checkbox' },
  { name: 'duet', label: 'Allow Duet', kind: 'checkbox', formats: video },
  { name: 'stitch', label: 'Allow Stitch', kind: 'checkbox', formats: video },
  { name: 'cover_second', label: 'Cover', kind: 'number', formats: video, placeholder: '0', help: 'Seconds into the video. The first frame when empty.' },
  { name: 'cover_number', label: 'Cover', kind: 'number', formats: photo, placeholder: '1', help: 'Number of the photo. The first one when empty.' },
  {
    name: 'auto_add_music', label: 'Add recommended music', kind: 'checkbox', formats: photo,
    help: 'TikTok chooses it. The music can be changed later in TikTok.',
  },
  { name: 'video_made_with_ai', label: 'AI-generated content', kind: 'checkbox', formats: video, help: 'TikTok labels the video "Creator labeled as AI-generated".' },
  {
    name: 'disclose', label: 'Content disclosure setting', kind: 'checkbox',
    help: 'Indicate whether this content promotes yourself, a brand, product or service.',
    needs: {
      oneOf: ['brand_organic_toggle', 'brand_content_toggle'],
      why: 'You need to indicate if your content promotes yourself, a third party, or both.',
    },
  },
  {
    name: 'brand_organic_toggle', label: 'Your brand', kind: 'checkbox', when: disclosed,
    help: 'You are promoting yourself or your own business. This content will be classified as Brand Organic.',
  },
  {
    name: 'brand_content_toggle', label: 'Branded content', kind: 'checkbox', when: disclosed, barred: { by: { field: 'privacy_level', is: onlyMe }, why: brandedPrivate },
    help: 'You are promoting another brand or a third party. This content will be classified as Branded Content.',
  },
  { name: 'label_promotional', label: 'Label', kind: 'note', when: ownBrandAlone, help: "Your photo/video will be labeled as 'Promotional content'" },
  { name: 'label_paid', label: 'Label', kind: 'note', when: branded, help: "Your photo/video will be labeled as 'Paid partnership'" },
  {
    name: 'inbox', label: 'Drafts', kind: 'note',
    help: 'Drafts in the TikTok inbox are not offered: Post Master asks for the permission to publish alone.',
  },
  { name: 'declaration', label: 'Declaration', kind: 'note', atSend: true, when: { field: 'disclose', is: false }, help: musicDeclaration, links: [music] },
  {
    name: 'declaration_own', label: 'Declaration', kind: 'note', atSend: true, when: { field: 'brand_content_toggle', is: false, and: disclosed },
    help: musicDeclaration, links: [music],
  },
  {
    name: 'declaration_branded', label: 'Declaration', kind: 'note', atSend: true, when: branded,
    help: "By posting, you agree to TikTok's Branded Content Policy and Music Usage Confirmation", links: [brandedPolicy, music],
  },
];
