CREATE TABLE `channel_groups` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`key` text NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `channel_groups_key` ON `channel_groups` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `grouped_channels` (
	`channel_id` text PRIMARY KEY NOT NULL,
	`group_id` text NOT NULL,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`group_id`) REFERENCES `channel_groups`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `grouped_channels_group` ON `grouped_channels` (`group_id`);--> statement-breakpoint
ALTER TABLE `channels` ADD `own_name` text;--> statement-breakpoint
ALTER TABLE `channels` ADD `paused_at` integer;--> statement-breakpoint
CREATE INDEX `publications_out` ON `publications` (`channel_id`,`published_at`) WHERE published_at is not null;