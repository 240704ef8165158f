CREATE INDEX `invitations_inviter_id` ON `invitations` (`inviter_id`);--> statement-breakpoint
CREATE INDEX `rate_limits_last_request` ON `rate_limits` (`last_request`);