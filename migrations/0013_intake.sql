CREATE TABLE `intake_drafts` (
	`id` text PRIMARY KEY NOT NULL,
	`link_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`key` text NOT NULL,
	`state` text NOT NULL,
	`goes` integer NOT NULL,
	`version` integer,
	`failures` integer NOT NULL,
	`due_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`link_id`) REFERENCES `intake_links`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "intake_drafts_state" CHECK("intake_drafts"."state" in ('gathering', 'saved', 'answered'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `intake_drafts_key` ON `intake_drafts` (`link_id`,`key`);--> statement-breakpoint
CREATE INDEX `intake_drafts_due` ON `intake_drafts` (`due_at`);--> statement-breakpoint
CREATE INDEX `intake_drafts_workspace` ON `intake_drafts` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `intake_drafts_created` ON `intake_drafts` (`created_at`);--> statement-breakpoint
CREATE TABLE `intake_heard` (
	`id` text PRIMARY KEY NOT NULL,
	`link_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`link_id`) REFERENCES `intake_links`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `intake_heard_at` ON `intake_heard` (`at`);--> statement-breakpoint
CREATE INDEX `intake_heard_link` ON `intake_heard` (`link_id`);--> statement-breakpoint
CREATE TABLE `intake_invites` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`provider` text NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `intake_invites_person` ON `intake_invites` (`workspace_id`,`user_id`,`provider`);--> statement-breakpoint
CREATE INDEX `intake_invites_user` ON `intake_invites` (`user_id`);--> statement-breakpoint
CREATE TABLE `intake_links` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`provider` text NOT NULL,
	`remote_id` text NOT NULL,
	`channel_ids` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`,`user_id`) REFERENCES `members`(`workspace_id`,`user_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `intake_links_remote` ON `intake_links` (`provider`,`remote_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `intake_links_person` ON `intake_links` (`workspace_id`,`user_id`,`provider`);--> statement-breakpoint
CREATE INDEX `intake_links_user` ON `intake_links` (`user_id`);--> statement-breakpoint
CREATE TABLE `intake_parts` (
	`draft_id` text NOT NULL,
	`message_id` text NOT NULL,
	`order` integer NOT NULL,
	`at` integer NOT NULL,
	`text` text,
	`leads` integer NOT NULL,
	`file` text,
	PRIMARY KEY(`draft_id`, `message_id`),
	FOREIGN KEY (`draft_id`) REFERENCES `intake_drafts`(`id`) ON UPDATE no action ON DELETE cascade
);
