import { heldChannels } from '../channels/standing.ts';

/** What narrows a calendar or a list. */
export interface PostFilter {
  channelId: string | null;
  /** Of channels: posts that go to any of them. */
  groupId: string | null;
  labelId: string | null;
  state: StateFilter | null;
}

export const stateFilters = ['draft', 'scheduled', 'published', 'attention', 'canceled'] as const;
export type StateFilter = (typeof stateFilters)[number];

export const noFilter: PostFilter = { channelId: null, groupId: null, labelId: null, state: null };

const publication = (condition: string) => `exists (select 1 from publications q where q.post_id = p.id and ${condition})`;
const waits = publication("q.status in ('scheduled', 'publishing')");
const held = publication(`(q.status = 'scheduled' and (@hold is not null or q.channel_id in (select id from (${heldChannels('@workspace')}))))`);

/** `published` is what is out somewhere, `attention` what failed, is in doubt or is held. */
const states: Record<StateFilter, string> = {
  draft: "p.state = 'draft'",
  scheduled: waits,
  published: publication("q.status = 'published'"),
  attention: `(${publication("q.status in ('failed', 'unconfirmed')")} or ${held})`,
  canceled: `(p.state = 'canceled' or (p.state = 'scheduled' and not ${publication("q.status <> 'canceled'")}))`,
};

/** The condition on `posts p` as SQL with named values (`@channel`, `@group`, `@label`, `@workspace`, `@hold`); empty where nothing narrows. */
export function conditionOf({ channelId, groupId, labelId, state }: PostFilter): string {
  return [
    channelId !== null && 'exists (select 1 from variants v where v.post_id = p.id and v.channel_id = @channel)',
    groupId !== null && 'exists (select 1 from variants v join grouped_channels g on g.channel_id = v.channel_id where v.post_id = p.id and g.group_id = @group)',
    labelId !== null && 'exists (select 1 from post_labels b where b.post_id = p.id and b.label_id = @label)',
    state !== null && states[state],
  ].filter((one) => one !== false).map((one) => ` and ${one}`).join('');
}
