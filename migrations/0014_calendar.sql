CREATE TABLE `labels` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`name` text NOT NULL,
	`key` text NOT NULL,
	`color` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "labels_color" CHECK("labels"."color" in ('blue', 'teal', 'green', 'olive', 'amber', 'brown', 'plum', 'gray'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `labels_key` ON `labels` (`workspace_id`,`key`);--> statement-breakpoint
CREATE TABLE `post_labels` (
	`post_id` text NOT NULL,
	`label_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	PRIMARY KEY(`post_id`, `label_id`),
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`label_id`) REFERENCES `labels`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `post_labels_label` ON `post_labels` (`label_id`);--> statement-breakpoint
CREATE INDEX `post_labels_workspace` ON `post_labels` (`workspace_id`);--> statement-breakpoint
CREATE TABLE `undos` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`note` text NOT NULL,
	`made_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `undos_made` ON `undos` (`made_at`);--> statement-breakpoint
CREATE INDEX `undos_user` ON `undos` (`user_id`);--> statement-breakpoint
CREATE INDEX `undos_workspace` ON `undos` (`workspace_id`);--> statement-breakpoint
DROP INDEX `posts_workspace_at`;--> statement-breakpoint
DROP INDEX `posts_workspace_updated`;--> statement-breakpoint
ALTER TABLE `posts` ADD `deleted_at` integer;--> statement-breakpoint
CREATE INDEX `posts_deleted` ON `posts` (`deleted_at`) WHERE "posts"."deleted_at" is not null;--> statement-breakpoint
CREATE INDEX `posts_workspace_at` ON `posts` (`workspace_id`,`deleted_at`,`at`,`id`);--> statement-breakpoint
CREATE INDEX `posts_workspace_updated` ON `posts` (`workspace_id`,`deleted_at`,`updated_at`,`id`);