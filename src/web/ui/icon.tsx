import calendar from 'lucide-static/dist/esm/icons/calendar-days.mjs';
import home from 'lucide-static/dist/esm/icons/house.mjs';
import media from 'lucide-static/dist/esm/icons/image.mjs';
import posts from 'lucide-static/dist/esm/icons/list.mjs';
import write from 'lucide-static/dist/esm/icons/pen-line.mjs';
import channels from 'lucide-static/dist/esm/icons/radio.mjs';
import settings from 'lucide-static/dist/esm/icons/settings.mjs';
import workspace from 'lucide-static/dist/esm/icons/chevrons-up-down.mjs';
import runs from 'lucide-static/dist/esm/icons/activity.mjs';
import grip from 'lucide-static/dist/esm/icons/grip-vertical.mjs';
import on from 'lucide-static/dist/esm/icons/chevron-right.mjs';
import back from 'lucide-static/dist/esm/icons/chevron-left.mjs';
import alert from 'lucide-static/dist/esm/icons/triangle-alert.mjs';
import more from 'lucide-static/dist/esm/icons/ellipsis.mjs';
import keyboard from 'lucide-static/dist/esm/icons/keyboard.mjs';
import leave from 'lucide-static/dist/esm/icons/log-out.mjs';
import dark from 'lucide-static/dist/esm/icons/moon.mjs';
import system from 'lucide-static/dist/esm/icons/monitor.mjs';
import fold from 'lucide-static/dist/esm/icons/panel-left-close.mjs';
import unfold from 'lucide-static/dist/esm/icons/panel-left-open.mjs';
import play from 'lucide-static/dist/esm/icons/play.mjs';
import plus from 'lucide-static/dist/esm/icons/plus.mjs';
import search from 'lucide-static/dist/esm/icons/search.mjs';
import secure from 'lucide-static/dist/esm/icons/shield-check.mjs';
import light from 'lucide-static/dist/esm/icons/sun.mjs';
import upload from 'lucide-static/dist/esm/icons/upload.mjs';
import person from 'lucide-static/dist/esm/icons/user-round.mjs';
import emoji from 'lucide-static/dist/esm/icons/face-grinning.mjs';
import hashtag from 'lucide-static/dist/esm/icons/hash.mjs';
import members from 'lucide-static/dist/esm/icons/users-round.mjs';

const icons = {
  home, calendar, posts, media, channels, settings, write, workspace,
  emoji, hashtag, grip,
  runs, alert, on, back, more, keyboard, leave, light, dark, system, fold, unfold, plus, search, secure, person, members, play, upload,
};
export type IconName = keyof typeof icons;

/** As it is sent: without the line breaks and the note that the set puts into it. */
export function drawingOf(svg: string): string {
  return svg.replace(/<!--[\s\S]*?-->/u, '').replaceAll(/\s*\n\s*/gu, ' ').replaceAll('> <', '><').replace('<svg', '<svg aria-hidden="true" focusable="false"').trim();
}

/** Each made once. */
const drawn = new Map(Object.entries(icons).map(([name, svg]) => [name, drawingOf(svg)]));

export function Icon({ name }: { name: IconName }) {
  return <Drawing svg={drawn.get(name) ?? ''} />;
}

/**
 * A drawing of the icon set (`drawingOf`), for rooms whose icons no other page shall load. Puts markup in unescaped, as only
 * old versions of the policy do beside it: these strings come from the icon set alone.
 */
export function Drawing({ svg }: { svg: string }) {
  return <span class="icon" dangerouslySetInnerHTML={{ __html: svg }} />;
}
