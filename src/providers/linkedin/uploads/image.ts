import type { ImageFile, Io } from '../../contract.ts';
import { imageUpload } from '../wire.ts';
import { begin, bring, type Owner } from './upload.ts';

/** Uploads a picture in one piece; gives its URN. What no post names is not seen by anybody. */
export async function uploadImage(file: ImageFile, owner: Owner, io: Io): Promise<string> {
  const { uploadUrl, image } = (await begin(io, owner, 'images')).read(imageUpload).value;
  await bring(io, uploadUrl, { stream: () => file.open(), type: file.type, size: file.size }, owner.grant.accessToken);
  return image;
}
