import type { Locator } from 'playwright-core';

/** Disconnects a channel as a person does: unfolds what can be done with it, and presses the button there. */
export async function disconnectIn(row: Locator): Promise<void> {
  await row.locator('.channel-more > summary').click();
  await row.getByRole('button', { name: 'Disconnect' }).click();
}
