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
