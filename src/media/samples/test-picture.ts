import type { PublicMedia } from '../public-url.ts';

/** A picture of one pixel that belongs to no workspace: whether media can be fetched from outside is tried with it. */
export const testPicture = {
  media: { workspaceId: '', mediaId: 'test' } satisfies PublicMedia,
  type: 'image/png',
  bytes: Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64'),
};

export function isTestPicture({ workspaceId, mediaId }: PublicMedia): boolean {
  return workspaceId === testPicture.media.workspaceId && mediaId === testPicture.media.mediaId;
}
