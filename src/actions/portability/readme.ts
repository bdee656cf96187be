import { archiveVersion } from '../../domain/promise/portability.ts';
import { readmeTexts as t } from '../../domain/texts/promise/readme.ts';

/** What the copy is and what is in it, for whoever opens it years later. */
export function readmeOf(input: { about: 'person' | 'workspace'; instance: string; madeAt: string; files: readonly { file: string; what: string }[] }): string {
  const { about, instance, madeAt, files } = input;
  const width = Math.max(...files.map(({ file }) => file.length)) + 12;
  const line = (name: string, what: string) => `  ${name.padEnd(width)} ${what}`;
  const heading = about === 'person' ? t.titleOfPerson : t.titleOfWorkspace;
  const list = [
    line('about.json', t.aboutFile), ...files.map(({ file, what }) => line(`data/${file}.json`, what)),
    line('posts.csv', t.postsFile), line('publications.csv', t.publicationsFile),
    ...(about === 'workspace' ? [line('media/ID.*', t.mediaFiles)] : []), line('missing.json', t.missingFile),
  ].join('\n');
  return [
    `${heading}\n${t.madeAt(madeAt, instance)}`, `${t.contents}\n${list}`, t.howToRead, t.notInIt, about === 'person' ? t.othersPosts : t.elsewhere, t.form(archiveVersion),
  ].join('\n\n').concat('\n');
}
