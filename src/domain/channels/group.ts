export const longestGroup = 60;
export const mostGroups = 200;

/** Channels that belong together, such as those of one client. */
export interface Group {
  id: string;
  name: string;
}
