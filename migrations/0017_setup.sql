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
ALTER TABLE `links` ADD `handed` integer DEFAULT false NOT NULL;