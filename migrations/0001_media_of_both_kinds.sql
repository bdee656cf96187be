CREATE TABLE `budgets` (
	`provider` text NOT NULL,
	`name` text NOT NULL,
	`until` integer NOT NULL,
	`taken` integer NOT NULL,
	PRIMARY KEY(`provider`, `name`, `until`)
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_media` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text NOT NULL,
	`type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`animated` integer NOT NULL,
	`duration_ms` integer,
	`video_codec` text,
	`audio_codec` text,
	`frame_rate` real,
	`name` text NOT NULL,
	`alt` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "media_type" CHECK("__new_media"."type" in ('image/jpeg', 'image/png', 'image/webp', 'image/gif', 'video/mp4', 'video/quicktime', 'video/webm'))
);
--> statement-breakpoint
INSERT INTO `__new_media`("id", "workspace_id", "type", "bytes", "width", "height", "animated", "name", "alt", "created_at") SELECT "id", "workspace_id", "type", "bytes", "width", "height", "animated", "name", "alt", "created_at" FROM `media`;--> statement-breakpoint
DROP TABLE `media`;--> statement-breakpoint
ALTER TABLE `__new_media` RENAME TO `media`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `media_workspace` ON `media` (`workspace_id`,`created_at`);--> statement-breakpoint
-- Parts hold media of both kinds. Inside a JSON text a quote is escaped, so these patterns are keys and nothing that anybody wrote.
UPDATE `posts` SET `content` = replace(`content`, '"images":[', '"media":[');--> statement-breakpoint
UPDATE `variants` SET `content` = replace(`content`, '"images":[', '"media":[') WHERE `content` IS NOT NULL;--> statement-breakpoint
UPDATE `local_entries` SET `parts` = replace(`parts`, '"images":[', '"media":[');--> statement-breakpoint
UPDATE `publications` SET `snapshot` = replace(replace(`snapshot`, '"images":[', '"media":['), '{"mediaId":', '{"kind":"image","mediaId":') WHERE `snapshot` IS NOT NULL;
