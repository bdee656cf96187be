ALTER TABLE `workspaces` ADD `frozen_at` integer;--> statement-breakpoint
ALTER TABLE `workspaces` ADD `unpaid_at` integer;