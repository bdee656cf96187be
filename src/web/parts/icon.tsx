import { CalendarDays, House, Image, List, PenLine, Radio, Settings, TriangleAlert } from 'lucide-static';

const icons = { home: House, calendar: CalendarDays, posts: List, media: Image, channels: Radio, settings: Settings, write: PenLine, alert: TriangleAlert };
export type IconName = keyof typeof icons;

/** The one place that puts markup in unescaped: these strings come from the icon set alone. */
export function Icon({ name }: { name: IconName }) {
  const svg = icons[name].replace('<svg', '<svg aria-hidden="true" focusable="false"');
  return <span class="icon" dangerouslySetInnerHTML={{ __html: svg }} />;
}
