CREATE TABLE `first_runs` (
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`step` text,
	`skipped` text NOT NULL,
	`put_away_at` integer,
	PRIMARY KEY(`workspace_id`, `user_id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `first_runs_user` ON `first_runs` (`user_id`);--> statement-breakpoint
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
CREATE TABLE `hashtag_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`key` text NOT NULL,
	`tags` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `hashtag_sets_key` ON `hashtag_sets` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `media_labels` (
	`media_id` text NOT NULL,
	`label_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	PRIMARY KEY(`media_id`, `label_id`),
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`label_id`) REFERENCES `labels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `media_labels_label` ON `media_labels` (`label_id`);--> statement-breakpoint
CREATE INDEX `media_labels_workspace` ON `media_labels` (`workspace_id`);--> statement-breakpoint
ALTER TABLE `channels` ADD `own_name` text;--> statement-breakpoint
ALTER TABLE `channels` ADD `paused_at` integer;--> statement-breakpoint
ALTER TABLE `links` ADD `handed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `media` ADD `poster_at` integer;--> statement-breakpoint
ALTER TABLE `posts` ADD `words` text;--> statement-breakpoint
CREATE INDEX `publications_out` ON `publications` (`channel_id`,`published_at`) WHERE published_at is not null;