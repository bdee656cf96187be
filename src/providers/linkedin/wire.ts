import * as z from 'zod';
import { tokenAnswer } from '../oauth.ts';

/** Ids are URNs, and numbers stay text. */
const id = z.union([z.string(), z.number()]).transform(String);
export const personUrn = z.string().regex(/^urn:li:person:[\w-]+$/u);
const organizationUrn = /^urn:li:organization:\d+$/u;

/** `refresh_token_expires_in` in seconds; LinkedIn gives refresh tokens to its partners alone. */
export const token = tokenAnswer.extend({
  refresh_token_expires_in: z.coerce.number().positive().nullish(),
  id_token: z.string().nullish(),
});

/** The claims of an ID token and the answer of `/v2/userinfo`. */
export const member = z.object({
  sub: z.string().regex(/^[\w-]+$/u),
  name: z.string().nullish(),
  given_name: z.string().nullish(),
  family_name: z.string().nullish(),
  picture: z.url({ protocol: /^https$/u }).nullish().catch(null),
});
export type Member = z.infer<typeof member>;

/** Roles of a member on pages. What is no page (a brand, an event) is left out. */
export const roles = z.object({
  elements: z.array(z.object({
    roleAssignee: personUrn, state: z.string(), role: z.string(), organization: z.string(),
  })),
  paging: z.object({ count: z.number().nullish(), total: z.number().nullish() }).nullish(),
}).transform(({ elements, paging }) => ({
  count: elements.length,
  /** How many one call gives at most, where LinkedIn gives fewer than it was asked for. */
  most: paging?.count ?? null,
  roles: elements.filter(({ organization }) => organizationUrn.test(organization)),
}));

export const organization = z.object({ id, localizedName: z.string().nullish(), vanityName: z.string().nullish() });

const uploadUrl = z.url({ protocol: /^https$/u });

export const imageUpload = z.object({ value: z.object({ uploadUrl, image: z.string().startsWith('urn:li:image:') }) });
export const documentUpload = z.object({ value: z.object({ uploadUrl, document: z.string().startsWith('urn:li:document:') }) });

/** Bytes are counted from 0, both ends included; times are epoch ms. */
export const videoUpload = z.object({ value: z.object({
  video: z.string().startsWith('urn:li:video:'),
  uploadToken: z.string().nullish().transform((text) => text ?? ''),
  uploadUrlsExpireAt: z.number().nullish(),
  uploadInstructions: z.array(z.object({ uploadUrl, firstByte: z.number().int().min(0), lastByte: z.number().int().min(0) })).min(1),
}) });

/** Of a picture, a document or a video. */
export const asset = z.object({ status: z.string() });

const media = z.object({ id: z.string() });

/** A post as reading gives it. */
export const post = z.object({
  id: z.string(),
  author: z.string(),
  commentary: z.string().nullish().transform((text) => text ?? ''),
  /** Epoch ms. */
  createdAt: z.number(),
  content: z.object({ media: media.nullish(), multiImage: z.object({ images: z.array(media) }).nullish() }).nullish(),
});
export type Post = z.infer<typeof post>;

export const posts = z.object({ elements: z.array(post) });

/** A comment that was just made. */
export const created = z.object({ $URN: z.string() });

export const comments = z.object({
  elements: z.array(z.object({
    id: id.nullish(), $URN: z.string().nullish(), commentUrn: z.string().nullish(), actor: z.string().nullish(), message: z.object({ text: z.string() }),
  })),
  paging: z.object({ total: z.number().nullish() }).nullish(),
});
