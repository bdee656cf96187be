/** Pages of Facebook. */
export const id = 'facebook';
