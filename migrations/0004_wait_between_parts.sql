PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_publications` (
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
	CONSTRAINT "publications_status" CHECK("__new_publications"."status" in ('scheduled', 'publishing', 'published', 'failed', 'unconfirmed', 'canceled')),
	CONSTRAINT "publications_reason" CHECK("__new_publications"."reason" in ('backing_off', 'rate_limited', 'waiting_for_network', 'between_parts', 'settling', 'resumed'))
);
--> statement-breakpoint
INSERT INTO `__new_publications`("id", "workspace_id", "post_id", "channel_id", "provider", "status", "scheduled_for", "due_at", "reason", "failures", "locked_by", "locked_until", "snapshot", "remote_id", "url", "published_at", "failure", "settled_by", "created_at", "updated_at") SELECT "id", "workspace_id", "post_id", "channel_id", "provider", "status", "scheduled_for", "due_at", "reason", "failures", "locked_by", "locked_until", "snapshot", "remote_id", "url", "published_at", "failure", "settled_by", "created_at", "updated_at" FROM `publications`;--> statement-breakpoint
DROP TABLE `publications`;--> statement-breakpoint
ALTER TABLE `__new_publications` RENAME TO `publications`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE UNIQUE INDEX `publications_place` ON `publications` (`post_id`,`channel_id`);--> statement-breakpoint
CREATE INDEX `publications_due` ON `publications` (`status`,`due_at`);--> statement-breakpoint
CREATE INDEX `publications_channel` ON `publications` (`channel_id`,`status`);--> statement-breakpoint
CREATE INDEX `publications_workspace` ON `publications` (`workspace_id`,`status`,`due_at`);