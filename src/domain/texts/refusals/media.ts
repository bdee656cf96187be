/** What is said about files. */
export const mediaRefusals = {
  // The library
  sideOutOfRange: (longer: number) => `Say a whole number of pixels from 16 to ${longer}.`,
  pictureGone: 'This picture is no longer there. Choose another one.',
  videoNotCropped: 'A video cannot be changed here.',
  nameMissing: 'Give the file a name.',
  nameTooLong: (longest: number) => `Use ${longest} characters or fewer.`,
  descriptionTooLong: (longest: number) => `Use ${longest} characters or fewer.`,
  fileGone: 'This file is no longer there.',
  addressMalformed: 'This is not the address of a file on the web. It begins with https://.',
  addressNotPublic: 'Files are fetched from public addresses with https alone. Upload this one instead.',
  fileUsed: 'A post uses this file. Take it out of the post first.',
  uploadGone: 'This upload is no longer there.',
  uploadGoneAgain: 'This upload is no longer there. Add the file again.',
  uploadIncomplete: 'Not all of this file has arrived. Try again.',

  // What a file is
  empty: 'This file is empty.',
  notMedia: 'This file is not a picture and not a video. JPEG, PNG, WebP and GIF pictures and MP4, MOV and WebM videos can be used.',
  otherKind: (kind: string) => `This is ${kind}. JPEG, PNG, WebP and GIF pictures and MP4, MOV and WebM videos can be used.`,
  notAZip: 'This is not a ZIP file. Choose the copy of a workspace as it was fetched.',
  uploadBroke: 'The upload broke off. Try again.',
  tooLarge: (size: string) => `This file is larger than ${size}.`,
  noRoom: 'There is not enough room left on this server for this file. Whoever runs it can make room.',

  // Pictures
  pictureNeeded: 'This is a video, and only a picture can be used here. Choose a picture.',
  pictureTooHeavy: (size: string, most: string) => `This picture has ${size}. At most ${most} can be used.`,
  pictureDamaged: 'This picture is damaged or incomplete. Try to upload it again.',
  pictureTooLarge: (width: number, height: number, pixels: number, side: number) => `This picture has ${width} by ${height} pixels. At most ${pixels} million pixels and ${side} on a side can be used.`,
  animationTooLong: (frames: number, width: number, height: number) => `This animation is too long: it has ${frames} frames of ${width} by ${height} pixels. Shorten it and upload it again.`,
  pictureFileGone: 'The file of this picture is no longer there. Upload it again.',
  cannotShrink: (size: string) => `This picture cannot be made smaller than ${size}. Use a simpler one.`,
  animationNotCropped: 'A moving picture cannot be cropped here. Crop it first, then add it.',
  pieceOutside: 'This piece lies outside of the picture. Choose it again.',
  pictureTooLong: (width: number, height: number, ratio: number) => `This picture has ${width} by ${height} pixels, and here a picture may be at most ${ratio} times as long as it is wide. Crop it and upload it again.`,

  // Videos
  videoDamaged: 'This video is damaged or incomplete. Try to upload it again.',
  videoNeeded: 'This is a picture and not a video. Choose a video.',
  videoTooHeavy: (size: string, most: string) => `This video has ${size}. At most ${most} can be used.`,
  nothingMoves: 'There is no moving picture in this file. Choose another one.',
  lengthUnknown: 'This video does not say how long it is. Export it again and upload the new file.',
  videoTooLong: (duration: string, most: string) => `This video says that it takes ${duration}. At most ${most} can be used.`,
  videoTooLarge: (width: number, height: number, side: number) => `This video has ${width} by ${height} pixels. It must have some, and at most ${side} on a side.`,
  videoFileGone: 'The file of this video is no longer there. Upload it again.',
  videoContradicts: 'This video contradicts itself. Export it again and upload the new file.',

  // Fetched from the web
  addressSilent: (hostname: string) => `${hostname} could not be reached. Try again, or upload the file.`,
  addressRefused: (hostname: string) => `${hostname} did not give the file. Open the address in a private window: it must lead to the file itself, without logging in.`,

  // Kinds of files
  kindHeic: 'a HEIC or AVIF picture',
  kindRaw: 'a raw picture of a camera',
  kindSound: 'a sound file',
  kindMatroska: 'a Matroska video (MKV)',
  kindVideo: 'a video of another kind',
  kindWindows: 'a Windows Media video',
  kindMpeg: 'an MPEG video',
  kindSvg: 'an SVG drawing',
  kindPage: 'a web page',
  kindPdf: 'a PDF document',
  kindTiff: 'a TIFF picture',
  kindBmp: 'a BMP picture',
  kindPhotoshop: 'a Photoshop file',
} as const;
