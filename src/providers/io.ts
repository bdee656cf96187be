import type { ImageRule } from '../domain/capabilities.ts';
import type { Json } from '../domain/json.ts';
import type { ImageFile, LinkCard, VideoFile } from '../domain/media.ts';
import type { Download } from './download.ts';
import type { Http } from './http.ts';

/** What an adapter may touch of the world. */
export interface Io {
  http: Http;
  /** A file of the platform, streamed. */
  download: Download;
  /** Epoch ms. */
  now(): number;
  /** A picture made right for the rule: converted and scaled only when it must be. */
  image(mediaId: string, rule: ImageRule): Promise<ImageFile>;
  /** A video's bytes, a piece at a time from wherever one likes. Never converted. */
  video(mediaId: string): Promise<VideoFile>;
  /**
   * An address under which the platform can fetch the medium for a day: signed, without cookies, a picture made right for
   * the rule. Throws `rejected` when this instance has no address that can be reached from outside.
   */
  mediaUrl(mediaId: string, rule?: ImageRule): Promise<string>;
  /**
   * Takes one from what the whole app may do until `until` (epoch ms): counted durably for this network, over all
   * workspaces. Throws `rate_limited` for the app until then when `max` are taken.
   */
  spend(name: string, budget: { max: number; until: number }): Promise<void>;
  /** Title, description and picture of a web page; null when it cannot be had. Never throws. */
  linkCard(url: string, rule: ImageRule): Promise<LinkCard | null>;
  /** A picture from the web, made right for the rule; null when it cannot be had. Never throws. */
  picture(url: string, rule: ImageRule): Promise<ImageFile | null>;
  /** An operator's setting, see `Setup.settings`. */
  setting(env: string): string | undefined;
  /** Sealed notes of this provider on this instance (app registrations per server, say). Null forgets one. Keys are not sealed. */
  notes: { get(key: string): Promise<Json | undefined>; put(key: string, value: Json): Promise<void> };
  /** The pages of the network inside this instance. */
  local: LocalBoard;
}

/** Makes what an adapter may touch, for one network in one workspace. */
export type IoFor = (providerId: string, workspaceId: string) => Io;

export interface LocalBoard {
  /** Puts an entry up; the same key again changes nothing. */
  put(entry: LocalEntry): Promise<void>;
  get(key: string): Promise<LocalEntry | undefined>;
}

export interface LocalEntry {
  key: string;
  channelId: string;
  parts: { text: string; media: { mediaId: string; alt: string }[] }[];
  at: number;
}
