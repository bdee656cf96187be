CREATE TABLE `links` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`purpose` text NOT NULL,
	`email` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "links_purpose" CHECK("links"."purpose" in ('reset', 'verify'))
);
--> statement-breakpoint
CREATE INDEX `links_user` ON `links` (`user_id`,`purpose`);--> statement-breakpoint
CREATE INDEX `links_expires` ON `links` (`expires_at`);--> statement-breakpoint
CREATE TABLE `mail_choices` (
	`user_id` text PRIMARY KEY NOT NULL,
	`published` text NOT NULL,
	`trouble` integer NOT NULL,
	`access` integer NOT NULL,
	`key` text NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "mail_choices_published" CHECK("mail_choices"."published" in ('each', 'digest', 'off'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mail_choices_key_unique` ON `mail_choices` (`key`);--> statement-breakpoint
CREATE TABLE `news_marks` (
	`name` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `notice_recipients` (
	`id` text PRIMARY KEY NOT NULL,
	`notice_id` text NOT NULL,
	`user_id` text,
	`queued_at` integer NOT NULL,
	`mailed_at` integer,
	FOREIGN KEY (`notice_id`) REFERENCES `notices`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `notice_recipients_user` ON `notice_recipients` (`notice_id`,`user_id`);--> statement-breakpoint
CREATE INDEX `notice_recipients_person` ON `notice_recipients` (`user_id`);--> statement-breakpoint
CREATE TABLE `notices` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`version_id` text,
	`workspace_id` text,
	`data` text NOT NULL,
	`created_at` integer NOT NULL,
	`closed_at` integer,
	FOREIGN KEY (`version_id`) REFERENCES `policy_versions`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notices_kind" CHECK("notices"."kind" in ('policy', 'breach'))
);
--> statement-breakpoint
CREATE TABLE `policy_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`material` integer NOT NULL,
	`summary` text NOT NULL,
	`additions` text NOT NULL,
	`pages` text NOT NULL,
	`recorded_at` integer NOT NULL,
	`effective_at` integer NOT NULL,
	`withdrawn_at` integer
);
--> statement-breakpoint
CREATE INDEX `policy_versions_effective` ON `policy_versions` (`effective_at`);--> statement-breakpoint
CREATE TABLE `support_messages` (
	`id` text PRIMARY KEY NOT NULL,
	`thread_id` text NOT NULL,
	`by_operator` integer NOT NULL,
	`text` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`thread_id`) REFERENCES `support_threads`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `support_messages_thread` ON `support_messages` (`thread_id`,`at`);--> statement-breakpoint
CREATE TABLE `support_threads` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text,
	`name` text,
	`email` text,
	`secret_hash` text,
	`secret` blob,
	`answered` integer NOT NULL,
	`created_at` integer NOT NULL,
	`last_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `support_threads_secretHash_unique` ON `support_threads` (`secret_hash`);--> statement-breakpoint
CREATE INDEX `support_threads_last` ON `support_threads` (`last_at`);--> statement-breakpoint
CREATE INDEX `support_threads_user` ON `support_threads` (`user_id`);--> statement-breakpoint
CREATE INDEX `publications_settled` ON `publications` (`updated_at`) WHERE status not in ('scheduled', 'publishing', 'canceled');--> statement-breakpoint
CREATE INDEX `login_steps_user` ON `login_steps` (`user_id`);