import calendar from 'lucide-static/dist/esm/icons/calendar-days.mjs';
import home from 'lucide-static/dist/esm/icons/house.mjs';
import media from 'lucide-static/dist/esm/icons/image.mjs';
import posts from 'lucide-static/dist/esm/icons/list.mjs';
import write from 'lucide-static/dist/esm/icons/pen-line.mjs';
import channels from 'lucide-static/dist/esm/icons/radio.mjs';
import settings from 'lucide-static/dist/esm/icons/settings.mjs';
import workspace from 'lucide-static/dist/esm/icons/chevrons-up-down.mjs';

const icons = { home, calendar, posts, media, channels, settings, write, workspace };
export type IconName = keyof typeof icons;

/** Puts markup in unescaped, as only old versions of the policy do beside it: these strings come from the icon set alone. */
export function Icon({ name }: { name: IconName }) {
  const svg = icons[name].replace('<svg', '<svg aria-hidden="true" focusable="false"');
  return <span class="icon" dangerouslySetInnerHTML={{ __html: svg }} />;
}
