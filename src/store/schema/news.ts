import { sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { publishedChoices } from '../../domain/people/mail-choices.ts';
import { flag, id, instant, isOneOf, oneOf } from '../columns.ts';
import { users } from './people.ts';

/** Which mails a person wants; who has no row has the defaults of `domain/people/mail-choices.ts`. */
export const mailChoices = sqliteTable('mail_choices', {
  userId: id().primaryKey().references(() => users.id, { onDelete: 'cascade' }),
  published: oneOf(publishedChoices).notNull(),
  trouble: flag().notNull(),
  access: flag().notNull(),
  /** In the addresses that turn mails off; whoever has it can do nothing else with it. */
  key: text().notNull().unique(),
  updatedAt: instant().notNull(),
}, (t) => [isOneOf('mail_choices_published', t.published)]);

/** How far the mails about what happens have come, by name. */
export const newsMarks = sqliteTable('news_marks', {
  name: text().primaryKey(),
  at: instant().notNull(),
});
