CREATE TABLE `channels` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`provider` text NOT NULL,
	`remote_id` text NOT NULL,
	`name` text NOT NULL,
	`handle` text NOT NULL,
	`url` text,
	`avatar_url` text,
	`limits` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `channels_remote` ON `channels` (`workspace_id`,`provider`,`remote_id`);--> statement-breakpoint
CREATE INDEX `channels_connection` ON `channels` (`connection_id`);--> statement-breakpoint
CREATE TABLE `connecting` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`session_id` text NOT NULL,
	`provider` text NOT NULL,
	`memo` blob NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `connecting_expires` ON `connecting` (`expires_at`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`provider` text NOT NULL,
	`account_id` text NOT NULL,
	`account_name` text NOT NULL,
	`grant` blob,
	`grant_version` integer NOT NULL,
	`status` text NOT NULL,
	`expires_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "connections_status" CHECK("connections"."status" in ('active', 'expiring', 'needs_reconnect', 'revoked'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `connections_account` ON `connections` (`workspace_id`,`provider`,`account_id`);--> statement-breakpoint
CREATE TABLE `cursors` (
	`provider` text PRIMARY KEY NOT NULL,
	`cursor` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notes` (
	`provider` text NOT NULL,
	`key` text NOT NULL,
	`value` blob NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`provider`, `key`)
);
--> statement-breakpoint
CREATE TABLE `members` (
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `user_id`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "members_role" CHECK("members"."role" in ('viewer', 'editor', 'admin', 'owner'))
);
--> statement-breakpoint
CREATE INDEX `members_user` ON `members` (`user_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`agent` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`email` text NOT NULL,
	`password_hash` text NOT NULL,
	`operator` integer NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `workspaces` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`zone` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `media` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`animated` integer NOT NULL,
	`name` text NOT NULL,
	`alt` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "media_type" CHECK("media"."type" in ('image/jpeg', 'image/png', 'image/webp', 'image/gif'))
);
--> statement-breakpoint
CREATE INDEX `media_workspace` ON `media` (`workspace_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `post_media` (
	`post_id` text NOT NULL,
	`media_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	PRIMARY KEY(`post_id`, `media_id`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`media_id`) REFERENCES `media`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `post_media_media` ON `post_media` (`media_id`);--> statement-breakpoint
CREATE TABLE `posts` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`author_id` text,
	`state` text NOT NULL,
	`content` text NOT NULL,
	`at` integer,
	`zone` text,
	`wall` text,
	`version` integer NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "posts_state" CHECK("posts"."state" in ('draft', 'scheduled', 'canceled'))
);
--> statement-breakpoint
CREATE INDEX `posts_workspace_at` ON `posts` (`workspace_id`,`at`);--> statement-breakpoint
CREATE INDEX `posts_workspace_updated` ON `posts` (`workspace_id`,`updated_at`);--> statement-breakpoint
CREATE TABLE `variants` (
	`post_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`content` text,
	`options` text NOT NULL,
	PRIMARY KEY(`post_id`, `channel_id`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `variants_channel` ON `variants` (`channel_id`);--> statement-breakpoint
CREATE TABLE `attempts` (
	`id` text PRIMARY KEY NOT NULL,
	`publication_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`number` integer NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`outcome` text,
	`failure` text,
	FOREIGN KEY (`publication_id`) REFERENCES `publications`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "attempts_outcome" CHECK("attempts"."outcome" in ('published', 'failed', 'unconfirmed', 'later', 'waiting', 'crashed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_number` ON `attempts` (`publication_id`,`number`);--> statement-breakpoint
CREATE TABLE `holds` (
	`key` text PRIMARY KEY NOT NULL,
	`until` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `local_entries` (
	`key` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`parts` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `local_entries_channel` ON `local_entries` (`channel_id`,`at`);--> statement-breakpoint
CREATE TABLE `publications` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`post_id` text NOT NULL,
	`channel_id` text NOT NULL,
	`provider` text NOT NULL,
	`status` text NOT NULL,
	`scheduled_for` integer NOT NULL,
	`due_at` integer NOT NULL,
	`reason` text,
	`failures` integer NOT NULL,
	`locked_by` text,
	`locked_until` integer,
	`snapshot` text,
	`remote_id` text,
	`url` text,
	`published_at` integer,
	`failure` text,
	`settled_by` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "publications_status" CHECK("publications"."status" in ('scheduled', 'publishing', 'published', 'failed', 'unconfirmed', 'canceled')),
	CONSTRAINT "publications_reason" CHECK("publications"."reason" in ('backing_off', 'rate_limited', 'waiting_for_network', 'settling', 'resumed'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `publications_place` ON `publications` (`post_id`,`channel_id`);--> statement-breakpoint
CREATE INDEX `publications_due` ON `publications` (`status`,`due_at`);--> statement-breakpoint
CREATE INDEX `publications_channel` ON `publications` (`channel_id`,`status`);--> statement-breakpoint
CREATE INDEX `publications_workspace` ON `publications` (`workspace_id`,`status`,`due_at`);--> statement-breakpoint
CREATE TABLE `steps` (
	`publication_id` text NOT NULL,
	`name` text NOT NULL,
	`workspace_id` text NOT NULL,
	`attempt_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`result` text,
	`started_at` integer NOT NULL,
	`called_at` integer,
	`ended_at` integer,
	PRIMARY KEY(`publication_id`, `name`),
	FOREIGN KEY (`publication_id`) REFERENCES `publications`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`attempt_id`) REFERENCES `attempts`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "steps_kind" CHECK("steps"."kind" in ('run', 'once', 'until')),
	CONSTRAINT "steps_state" CHECK("steps"."state" in ('intended', 'waiting', 'done'))
);
