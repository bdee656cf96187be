/** The page that explains a copy of somebody's data to whoever opens it years later. Lines are broken by hand: it is plain text. */
export const readmeTexts = {
  titleOfPerson: 'Everything that is held about you',
  titleOfWorkspace: 'Everything in this workspace',
  madeAt: (at: string, instance: string) => `Made at ${at} by ${instance} (Post Master).`,
  contents: 'WHAT IS IN IT',
  aboutFile: 'what this archive is, with its own id',
  postsFile: 'posts for a spreadsheet',
  publicationsFile: 'where and when they went out, for a spreadsheet',
  mediaFiles: 'pictures and videos, named by the id in data/media.json; beside a video its still, as ID.webp',
  missingFile: 'files that should be here and could not be read',
  howToRead: `HOW TO READ IT
Each JSON file is a list with one row per line, UTF-8. Times are milliseconds since 1 January 1970 UTC.
A post's content has parts (one, or several in a thread), each with its text and its media by id.
"variants" says what one channel gets instead, and its options. "publications" says what became of it there.
In the CSV files a text that begins with = + - or @ has an apostrophe before it, so that no spreadsheet takes it
for a formula.`,
  notInIt: `WHAT IS NOT IN IT
The access to connected accounts, passwords and other secrets, in whatever form: they would give away more than
data. Of the tries of a publication the program's own notes, such as addresses for uploads, are left out.`,
  othersPosts: 'Posts of others in workspaces you share are not yours to take; an admin can have a copy of a workspace.',
  elsewhere: `TAKING IT TO ANOTHER INSTANCE
Settings, Privacy, "Bring in a workspace". Posts come in as drafts, so that no two instances publish the same.`,
  form: (version: number) => `Form of this archive: ${version}.`,
} as const;
