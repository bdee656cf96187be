CREATE TABLE `disconnected_channels` (
	`channel_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`channel_id`) REFERENCES `channels`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `checks` (
	`name` text PRIMARY KEY NOT NULL,
	`good` integer NOT NULL,
	`findings` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `deletion_requests` (
	`code` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`asked_at` integer NOT NULL,
	`connections` integer NOT NULL,
	`channels` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `heeded_calls` (
	`digest` text PRIMARY KEY NOT NULL,
	`code` text,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `heeded_calls_at` ON `heeded_calls` (`at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` blob NOT NULL,
	`set_by` text,
	`set_at` integer NOT NULL,
	FOREIGN KEY (`set_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
