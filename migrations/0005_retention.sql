CREATE TABLE `aggregates` (
	`month` text NOT NULL,
	`provider` text NOT NULL,
	`what` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`month`, `provider`, `what`)
);
--> statement-breakpoint
CREATE TABLE `prune_runs` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer
);
--> statement-breakpoint
CREATE INDEX `prune_runs_at` ON `prune_runs` (`at`);--> statement-breakpoint
CREATE TABLE `prunings` (
	`run_id` text NOT NULL,
	`class` text NOT NULL,
	`rule` text NOT NULL,
	`rows` integer NOT NULL,
	`files` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`run_id`, `rule`),
	FOREIGN KEY (`run_id`) REFERENCES `prune_runs`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
ALTER TABLE `media` ADD `spent_at` integer;--> statement-breakpoint
CREATE INDEX `media_spent` ON `media` (`spent_at`);--> statement-breakpoint
ALTER TABLE `posts` ADD `content_deleted_at` integer;--> statement-breakpoint
CREATE INDEX `posts_whole` ON `posts` (`updated_at`) WHERE content_deleted_at is null and state <> 'draft';--> statement-breakpoint
ALTER TABLE `publications` ADD `counted` text;--> statement-breakpoint
CREATE INDEX `publications_uncounted` ON `publications` (`id`) WHERE status in ('published', 'failed', 'canceled') and (counted is null or counted <> status);--> statement-breakpoint
CREATE INDEX `local_entries_at` ON `local_entries` (`at`);