CREATE TABLE `copies` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`workspace_id` text,
	`reference` text NOT NULL,
	`state` text NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`bytes` integer,
	`tries` integer NOT NULL,
	`created_at` integer NOT NULL,
	`ready_at` integer,
	`expires_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "copies_state" CHECK("copies"."state" in ('waiting', 'making', 'ready', 'failed', 'gone'))
);
--> statement-breakpoint
CREATE INDEX `copies_user` ON `copies` (`user_id`);--> statement-breakpoint
CREATE INDEX `copies_workspace` ON `copies` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `copies_state` ON `copies` (`state`);--> statement-breakpoint
CREATE UNIQUE INDEX `copies_reference` ON `copies` (`reference`);--> statement-breakpoint
CREATE TABLE `email_changes` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`email` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `email_changes_user` ON `email_changes` (`user_id`);--> statement-breakpoint
CREATE TABLE `erasures` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_id` text NOT NULL,
	`parent_id` text,
	`code` text NOT NULL,
	`asked_by` text,
	`asked_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`froze` integer NOT NULL,
	`canceled_at` integer,
	`begun_at` integer,
	`noted_at` integer,
	`done_at` integer,
	`next_at` integer NOT NULL,
	`counts` text NOT NULL,
	FOREIGN KEY (`asked_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "erasures_kind" CHECK("erasures"."kind" in ('account', 'workspace'))
);
--> statement-breakpoint
CREATE INDEX `erasures_next` ON `erasures` (`done_at`,`next_at`);--> statement-breakpoint
CREATE INDEX `erasures_subject` ON `erasures` (`subject_id`);--> statement-breakpoint
CREATE INDEX `erasures_parent` ON `erasures` (`parent_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `erasures_code` ON `erasures` (`code`);--> statement-breakpoint
CREATE TABLE `imported` (
	`workspace_id` text NOT NULL,
	`archive_id` text NOT NULL,
	`kind` text NOT NULL,
	`theirs` text NOT NULL,
	`ours` text NOT NULL,
	PRIMARY KEY(`workspace_id`, `archive_id`, `kind`, `theirs`),
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "imported_kind" CHECK("imported"."kind" in ('media', 'post'))
);
--> statement-breakpoint
CREATE TABLE `imports` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`workspace_id` text NOT NULL,
	`archive_id` text NOT NULL,
	`state` text NOT NULL,
	`channels` text NOT NULL,
	`with_published` integer NOT NULL,
	`done` integer NOT NULL,
	`total` integer NOT NULL,
	`problems` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "imports_state" CHECK("imports"."state" in ('shown', 'running', 'done', 'failed'))
);
--> statement-breakpoint
CREATE INDEX `imports_workspace` ON `imports` (`workspace_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `imports_user` ON `imports` (`user_id`);--> statement-breakpoint
CREATE INDEX `imports_state` ON `imports` (`state`);--> statement-breakpoint
CREATE TABLE `requests` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`workspace_id` text,
	`kind` text NOT NULL,
	`subject_id` text,
	`message` text NOT NULL,
	`asked_at` integer NOT NULL,
	`due_at` integer NOT NULL,
	`answered_at` integer,
	`answer` text NOT NULL,
	`answered_by` text,
	`canceled_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`answered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "requests_kind" CHECK("requests"."kind" in ('access', 'portability', 'erasure', 'rectification', 'restriction', 'objection', 'withdrawal', 'other'))
);
--> statement-breakpoint
CREATE INDEX `requests_user` ON `requests` (`user_id`,`asked_at`);--> statement-breakpoint
CREATE INDEX `requests_workspace` ON `requests` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `requests_open` ON `requests` (`answered_at`,`due_at`);--> statement-breakpoint
CREATE INDEX `requests_answered_by` ON `requests` (`answered_by`);--> statement-breakpoint
CREATE INDEX `requests_subject` ON `requests` (`subject_id`);--> statement-breakpoint
ALTER TABLE `connections` ADD `granted_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `erasing_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `aggregates_objected` integer;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `erasing_at` integer;--> statement-breakpoint
CREATE INDEX `connecting_workspace` ON `connecting` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `keys_created_by` ON `keys` (`created_by`);--> statement-breakpoint
CREATE INDEX `sessions_workspace` ON `sessions` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `posts_author` ON `posts` (`author_id`);--> statement-breakpoint
CREATE INDEX `variants_workspace` ON `variants` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `local_entries_workspace` ON `local_entries` (`workspace_id`);--> statement-breakpoint
CREATE INDEX `publications_settled_by` ON `publications` (`settled_by`) WHERE "publications"."settled_by" is not null;--> statement-breakpoint
CREATE INDEX `steps_attempt` ON `steps` (`attempt_id`);