import { ProviderError, type Io, type PostImage } from '../../contract.ts';
import { pageRule } from '../limits.ts';
import { documentUpload } from '../wire.ts';
import { jpegFrameOf, pdfOf, type PdfPage } from './pdf.ts';
import { begin, bring, type Owner } from './upload.ts';

/** Uploads pictures as the pages of a PDF, in one piece: LinkedIn has no parts for documents. Gives its URN. */
export async function uploadDocument(pictures: readonly PostImage[], title: string, owner: Owner, io: Io): Promise<string> {
  const rule = pageRule(pictures.length);
  const pages: PdfPage[] = [];
  for (const { mediaId } of pictures) {
    const file = await io.image(mediaId, rule);
    const frame = await jpegFrameOf(file.open());
    if (!frame || (frame.components !== 1 && frame.components !== 3)) throw notAPage;
    pages.push({ width: frame.width, height: frame.height, components: frame.components, size: file.size, open: () => file.open() });
  }
  const pdf = pdfOf(pages, title);
  const { uploadUrl, document } = (await begin(io, owner, 'documents')).read(documentUpload).value;
  await bring(io, uploadUrl, { stream: () => pdf.stream(), type: 'application/pdf', size: pdf.size }, owner.grant.accessToken);
  return document;
}

const notAPage = new ProviderError({
  kind: 'rejected', code: 'not_a_page', message: 'A picture of this document cannot be made a page.', fix: 'Save it as JPEG or PNG, upload that, and schedule the post again.',
});
