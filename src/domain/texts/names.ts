/** Things that several rooms name. */
export const names = {
  /** A browser that does not say which it is. */
  someBrowser: 'A browser',
  deletedAccount: 'Deleted account',
  disconnectedAccount: 'Disconnected account',
  pages: { privacy: 'Privacy', terms: 'Terms', processors: 'Processors' },
  mailLists: {
    published: 'Posts that were published', trouble: 'Posts that were not published, or that nobody is sure about', access: 'Access to an account that ends',
  },
  /** What a person can ask for by right. */
  requests: {
    access: 'A copy of your data', portability: 'A copy of a workspace', erasure: 'Deletion', rectification: 'Correction',
    restriction: 'Restriction', objection: 'Objection', withdrawal: 'Withdrawal of a consent', other: 'Something else',
  },
  /** How much an erasure has deleted, by kind. */
  erased: { posts: 'Posts deleted', files: 'Pictures and videos deleted', rows: 'Other records deleted' },
  /** What a member of each role may do, behind the role. */
  roles: {
    viewer: 'looks at everything and changes nothing',
    editor: 'writes, schedules and uploads',
    admin: 'does all of that, connects channels and manages members',
    owner: 'does all of that, pays for the workspace and can delete it',
  },
  /** How often something is paid, behind the amount. */
  every: (interval: string, count: number) => (count === 1 ? `a ${interval}` : `every ${count} ${interval}s`),
  days: (n: number) => (n === 1 ? '1 day' : `${n} days`),
  years: (n: number) => (n === 1 ? '1 year' : `${n} years`),
  /** A browser and the system it runs on. */
  browserOn: (browser: string, system: string) => `${browser} on ${system}`,
} as const;
