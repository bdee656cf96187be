CREATE TABLE `billing_accounts` (
	`workspace_id` text PRIMARY KEY NOT NULL,
	`trial_ends_at` integer NOT NULL,
	`free_since` integer,
	`customer_id` text,
	`email` text,
	`subscription_id` text,
	`status` text,
	`plan` text,
	`price_id` text,
	`period_end` integer,
	`trial_end` integer,
	`cancel_at` integer,
	`ended_at` integer,
	`next_price_id` text,
	`card_brand` text,
	`card_last4` text,
	`last_ticket` integer NOT NULL,
	`read_ticket` integer NOT NULL,
	`read_at` integer,
	FOREIGN KEY (`workspace_id`) REFERENCES `workspaces`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "billing_accounts_status" CHECK("billing_accounts"."status" in ('incomplete', 'incomplete_expired', 'trialing', 'active', 'past_due', 'canceled', 'unpaid', 'paused'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `billing_accounts_customer` ON `billing_accounts` (`customer_id`);--> statement-breakpoint
CREATE TABLE `billing_endings` (
	`customer_id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `billing_events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`received_at` integer NOT NULL,
	`handled_at` integer
);
--> statement-breakpoint
CREATE INDEX `billing_events_received` ON `billing_events` (`received_at`);--> statement-breakpoint
CREATE TABLE `billing_invoices` (
	`id` text PRIMARY KEY NOT NULL,
	`workspace_id` text,
	`subscription_id` text,
	`number` text,
	`status` text NOT NULL,
	`currency` text NOT NULL,
	`total` integer NOT NULL,
	`tax` integer NOT NULL,
	`paid` integer NOT NULL,
	`refunded` integer NOT NULL,
	`created_at` integer NOT NULL,
	`period_start` integer NOT NULL,
	`period_end` integer NOT NULL,
	`paid_at` integer,
	`attempts` integer NOT NULL,
	`next_attempt_at` integer,
	`link` text,
	`receipt_at` integer,
	CONSTRAINT "billing_invoices_status" CHECK("billing_invoices"."status" in ('open', 'paid', 'uncollectible', 'void'))
);
--> statement-breakpoint
CREATE INDEX `billing_invoices_workspace` ON `billing_invoices` (`workspace_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `billing_invoices_created` ON `billing_invoices` (`created_at`);--> statement-breakpoint
CREATE TABLE `billing_prices` (
	`id` text PRIMARY KEY NOT NULL,
	`currency` text NOT NULL,
	`amount` integer NOT NULL,
	`interval` text NOT NULL,
	`interval_count` integer NOT NULL,
	`read_at` integer NOT NULL
);
