import { archiveVersion } from '../../domain/portability.ts';
import { privacyRefusals as t } from '../../domain/texts/refusals/privacy.ts';

/** What the copy is and what is in it, for whoever opens it years later. */
export function readmeOf(input: { about: 'person' | 'workspace'; instance: string; madeAt: string; files: readonly { file: string; what: string }[] }): string {
  const { about, instance, madeAt, files } = input;
  const width = Math.max(...files.map(({ file }) => file.length)) + 12;
  const line = (name: string, what: string) => `  ${name.padEnd(width)} ${what}`;
  return `${about === 'person' ? t.titleOfPerson : t.titleOfWorkspace}
Made at ${madeAt} by ${instance} (Post Master).

WHAT IS IN IT
${line('about.json', 'what this archive is, with its own id')}
${files.map(({ file, what }) => line(`data/${file}.json`, what)).join('\n')}
${line('posts.csv', 'posts for a spreadsheet')}
${line('publications.csv', 'where and when they went out, for a spreadsheet')}
${about === 'workspace' ? `${line('media/ID.*', 'pictures and videos, named by the id in data/media.json')}\n` : ''}${line('missing.json', 'files that should be here and could not be read')}

HOW TO READ IT
Each JSON file is a list with one row per line, UTF-8. Times are milliseconds since 1 January 1970 UTC.
A post's content has parts (one, or several in a thread), each with its text and its media by id.
"variants" says what one channel gets instead, and its options. "publications" says what became of it there.
In the CSV files a text that begins with = + - or @ has an apostrophe before it, so that no spreadsheet takes it
for a formula.

WHAT IS NOT IN IT
The access to connected accounts, passwords and other secrets, in whatever form: they would give away more than
data. Of the tries of a publication the program's own notes, such as addresses for uploads, are left out.
${about === 'person' ? t.othersPosts : `
TAKING IT TO ANOTHER INSTANCE
Settings, Privacy, "Bring in a workspace". Posts come in as drafts, so that no two instances publish the same.
`}
Form of this archive: ${archiveVersion}.
`;
}
