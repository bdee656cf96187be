/** The first page of the settings: the workspace. */
export const generalTexts = {
  title: 'Workspace',
  saved: 'Saved.',
  name: 'Name',
  zoneHelp: 'Times are shown and typed in it. Posts that are scheduled keep their moment.',
  save: 'Save',
  elsewhere: 'To freeze, copy or delete it, see <a>Privacy</a>.',
  locked: (name: string, zone: string) => `${name}, ${zone}. Only admins change this.`,
} as const;
