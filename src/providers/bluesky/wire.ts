import * as z from 'zod';

// What servers answer (lexicons com.atproto.* and app.bsky.*, atproto @d6296a1c, 2026-08-20), as far as we look at it.

export const session = z.object({
  did: z.string().startsWith('did:'),
  handle: z.string(),
  accessJwt: z.string().min(1),
  refreshJwt: z.string().min(1),
  didDoc: z.unknown().optional(),
  active: z.boolean().optional(),
  status: z.string().optional(),
});

export const didDocument = z.object({
  id: z.string(),
  service: z.array(z.object({ id: z.string(), type: z.unknown(), serviceEndpoint: z.unknown() })).default([]),
});

export const jwtPayload = z.object({ exp: z.number() });

/** Goes into a record exactly as it came. */
export const blob = z.object({
  $type: z.literal('blob'),
  ref: z.object({ $link: z.string() }),
  mimeType: z.string(),
  size: z.number(),
});
export type Blob = z.infer<typeof blob>;

export const uploaded = z.object({ blob });

/** Where a record is and what is in it. */
export const strongRef = z.object({ uri: z.string().startsWith('at://'), cid: z.string().min(1) });
export type StrongRef = z.infer<typeof strongRef>;

export const storedPost = strongRef.extend({ value: z.object({ text: z.string() }) });

export const resolved = z.object({ did: z.string().startsWith('did:') });

export const profile = z.object({ displayName: z.string().optional(), avatar: z.string().optional() });

/** An account that a search found. */
export const actors = z.object({ actors: z.array(z.object({ handle: z.string(), displayName: z.string().optional() })) });

export const server = z.object({ blobUploadLimit: z.number().positive().optional() });
