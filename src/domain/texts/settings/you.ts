/** The first page of the settings: the workspace, and the person. */
export const youTexts = {
  title: 'Settings',
  saved: 'Saved.',
  workspace: {
    title: 'Workspace', name: 'Name', zoneHelp: 'Times are shown and typed in it. Posts that are scheduled keep their moment.', save: 'Save',
    locked: (name: string, zone: string) => `${name}, ${zone}. Only admins change this.`,
  },
  you: 'You',
  person: (name: string, email: string) => `${name}, ${email}`,
  change: 'Change name or e-mail',
  look: { title: 'Light or dark', system: 'As your system', light: 'Light', dark: 'Dark', help: 'It is kept in this browser. Keys for quick hands: press {key}' },
  password: {
    title: 'Password', present: 'Present password', fresh: 'New password', help: '8 characters or more. All other sessions end.', button: 'Change password',
    changed: 'The password is changed. All other sessions have ended.',
  },
  sessions: {
    title: 'Where you are logged in', here: ' (this one)', since: 'since {when}', end: 'End', ended: 'That session has ended.', endedBefore: 'That session had ended already.',
  },
} as const;
