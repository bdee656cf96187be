CREATE TABLE `autosaves` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`post_id` text,
	`entries` text NOT NULL,
	`excerpt` text NOT NULL,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`post_id`) REFERENCES `posts`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `autosaves_user` ON `autosaves` (`user_id`,`workspace_id`,`changed_at`);--> statement-breakpoint
CREATE INDEX `autosaves_post` ON `autosaves` (`post_id`);