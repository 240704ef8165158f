DROP INDEX `members_user_id`;--> statement-breakpoint
CREATE INDEX `members_user_id` ON `members` (`user_id`,`created_at`,`id`);--> statement-breakpoint
DROP INDEX `uploads_sha256`;--> statement-breakpoint
CREATE INDEX `uploads_sha256` ON `uploads` (`sha256`,`created_at`,`workspace_id`);--> statement-breakpoint
CREATE INDEX `accounts_account_id` ON `accounts` (`account_id`,`provider_id`);--> statement-breakpoint
CREATE INDEX `sessions_expires_at` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE INDEX `verifications_expires_at` ON `verifications` (`expires_at`);