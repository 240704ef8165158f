CREATE TABLE `pins` (
	`workspace_id` text NOT NULL,
	`user_id` text NOT NULL,
	`item_id` text NOT NULL,
	`pinned` integer NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `user_id`, `item_id`)
);
--> statement-breakpoint
CREATE TABLE `uploads` (
	`workspace_id` text NOT NULL,
	`sha256` text NOT NULL,
	`bytes` integer NOT NULL,
	`type` text NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`user_id` text NOT NULL,
	`thumbnail_bytes` integer DEFAULT 0 NOT NULL,
	`unused_since` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`workspace_id`, `sha256`)
);
--> statement-breakpoint
CREATE INDEX `uploads_sha256` ON `uploads` (`sha256`);